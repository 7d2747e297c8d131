#include "http/compress.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace daifuku::http {
namespace {

std::string gunzip(std::string_view data, std::size_t size) {
  std::string out(size + 1, '\0');
  z_stream stream = {};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Gzip, ComesBackTheSame) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919) + "株式会社";
  for (const std::string& data : {std::string(), std::string("a"), text}) {
    EXPECT_EQ(gunzip(gzip(data), data.size()), data);
  }
}

TEST(AcceptsGzip, ReadsTheHeader) {
  for (const char* yes :
       {"gzip", "br, gzip", "gzip;q=0.5", "*", "deflate, gzip;q=1.0, *;q=0.5", "x-gzip"}) {
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  }
  for (const char* no :
       {"", "br", "identity", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;q=0, *"}) {
    EXPECT_FALSE(accepts_gzip(no)) << no;
  }
}

}  // namespace
}  // namespace daifuku::http
