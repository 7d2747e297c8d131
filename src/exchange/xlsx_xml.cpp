#include "exchange/xlsx_xml.h"

#include <expat.h>

#include <cstring>

namespace daifuku::exchange {
namespace {

constexpr int kChunk = 1 << 16;
constexpr int kMaxDepth = 64;
// Expat scans an unfinished tag again with every chunk, so a large one costs time beside memory.
constexpr std::int64_t kMaxToken = std::int64_t{1} << 20;

std::string_view local_name(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

}  // namespace

const char* attribute(const char* const* attributes, std::string_view name) {
  for (; attributes[0] != nullptr; attributes += 2) {
    if (local_name(attributes[0]) == name) return attributes[1];
  }
  return nullptr;
}

// C callbacks: nothing may be thrown through expat, so it is kept for run().
struct XmlCallbacks {
  static void XMLCALL start(void* data, const XML_Char* name, const XML_Char** attributes) {
    auto& stream = *static_cast<XmlStream*>(data);
    if (stream.thrown_ != nullptr || stream.refused_) return;
    if (++stream.depth_ > kMaxDepth) return refuse(stream);
    call(stream, [&] { stream.handler_.start(local_name(name), attributes); });
  }
  static void XMLCALL end(void* data, const XML_Char* name) {
    auto& stream = *static_cast<XmlStream*>(data);
    if (stream.thrown_ != nullptr || stream.refused_) return;
    --stream.depth_;
    call(stream, [&] { stream.handler_.end(local_name(name)); });
  }
  static void XMLCALL text(void* data, const XML_Char* characters, int length) {
    auto& stream = *static_cast<XmlStream*>(data);
    if (stream.thrown_ != nullptr || stream.refused_) return;
    call(stream, [&] { stream.handler_.text({characters, static_cast<std::size_t>(length)}); });
  }
  static void XMLCALL doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    refuse(*static_cast<XmlStream*>(data));
  }
  static void refuse(XmlStream& stream) {
    stream.refused_ = true;
    XML_StopParser(stream.parser_, XML_FALSE);
  }
  template <typename Function>
  static void call(XmlStream& stream, Function&& function) noexcept {
    try {
      function();
    } catch (...) {
      stream.thrown_ = std::current_exception();
      XML_StopParser(stream.parser_, XML_FALSE);
    }
  }
};

XmlStream::XmlStream(XlsxArchive& archive, std::string_view part, XmlHandler& handler)
    : archive_(archive), handler_(handler) {
  archive_.open(part);
  parser_ = XML_ParserCreate(nullptr);
  if (parser_ == nullptr) throw SystemError("out of memory for the XML parser");
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &XmlCallbacks::start, &XmlCallbacks::end);
  XML_SetCharacterDataHandler(parser_, &XmlCallbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_, &XmlCallbacks::doctype);
}

XmlStream::~XmlStream() {
  XML_ParserFree(parser_);
  archive_.close();
}

void XmlStream::pause() {
  if (XML_StopParser(parser_, XML_TRUE) == XML_STATUS_OK) suspended_ = true;
}

void XmlStream::fail_if_thrown() {
  if (thrown_ != nullptr) std::rethrow_exception(thrown_);
  if (refused_) throw AppError(Status::too_large, "archive_unsafe", {{"reason", "xml"}});
}

bool XmlStream::run() {
  while (!ended_) {
    XML_Status status = XML_STATUS_OK;
    if (suspended_) {
      suspended_ = false;
      status = XML_ResumeParser(parser_);
    } else {
      void* buffer = XML_GetBuffer(parser_, kChunk);
      if (buffer == nullptr) throw SystemError("out of memory for the XML parser");
      const std::size_t got = archive_.read(static_cast<char*>(buffer), kChunk);
      consumed_ += got;
      status = XML_ParseBuffer(parser_, static_cast<int>(got), got == 0);
    }
    fail_if_thrown();
    if (status == XML_STATUS_SUSPENDED) return true;
    suspended_ = false;
    if (status == XML_STATUS_ERROR) throw AppError(Status::invalid, "workbook_damaged");
    XML_ParsingStatus parsing{};
    XML_GetParsingStatus(parser_, &parsing);
    if (parsing.parsing == XML_FINISHED) {
      ended_ = true;
    } else if (static_cast<std::int64_t>(consumed_) - XML_GetCurrentByteIndex(parser_) >
               kMaxToken) {
      throw AppError(Status::too_large, "archive_unsafe", {{"reason", "xml"}});
    }
  }
  return false;
}

bool parse_part(XlsxArchive& archive, std::string_view part, XmlHandler& handler) {
  if (!archive.has(part)) return false;
  XmlStream stream(archive, part, handler);
  while (stream.run()) {
  }
  return true;
}

}  // namespace daifuku::exchange
