// One XML part of an XLSX as a stream of events.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

#include "exchange/xlsx_archive.h"

struct XML_ParserStruct;

namespace daifuku::exchange {

// Names come without their namespace prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const char* const* attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view characters) = 0;
};

// The value of an attribute, prefix of the name ignored; nullptr when absent.
const char* attribute(const char* const* attributes, std::string_view name);

// Refuses a DOCTYPE, and with it entities and external files; elements nested deeper than 64; a tag
// of over 1 MiB. The archive must outlive it and must not open another part meanwhile.
class XmlStream {
 public:
  XmlStream(XlsxArchive& archive, std::string_view part, XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  // Goes on until the handler calls pause() or the part ends; false when it has ended. Throws what
  // the handler threw, and AppError workbook_damaged or archive_unsafe.
  bool run();
  // From within the handler's end(): run() returns after it.
  void pause();

  std::uint64_t consumed() const { return consumed_; }

 private:
  friend struct XmlCallbacks;
  void fail_if_thrown();

  XlsxArchive& archive_;
  XmlHandler& handler_;
  XML_ParserStruct* parser_ = nullptr;
  std::exception_ptr thrown_ = {};
  std::uint64_t consumed_ = 0;
  int depth_ = 0;
  bool refused_ = false;
  bool suspended_ = false;
  bool ended_ = false;
};

// A whole part at once. False when the archive does not have it.
bool parse_part(XlsxArchive& archive, std::string_view part, XmlHandler& handler);

}  // namespace daifuku::exchange
