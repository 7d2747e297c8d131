// How each format takes the pages of an export. Internal to export_*.cpp.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "exchange/export_table.h"
#include "exchange/vcard_export.h"

namespace daifuku::exchange {

// One thread.
class Export::Pages {
 public:
  virtual ~Pages() = default;
  virtual void put(const std::vector<records::Record>& page) = 0;
  virtual void finish(ExportResult& result) = 0;
};

class Export::TablePages final : public Pages {
 public:
  TablePages(records::Engine& engine, const records::Caller& caller, const ExportRequest& request,
             const std::vector<ExportColumn>& columns, Id event, const Sink& sink);
  void put(const std::vector<records::Record>& page) override;
  void finish(ExportResult& result) override;

 private:
  void keep_base(const records::Record& record, const Row& cells);
  XlsxWriteOptions xlsx_options(const ExportRequest& request,
                                const std::vector<WriteColumn>& headings, Id event,
                                std::string_view user, Millis now);
  void keep_replaced(const records::Record* record);

  records::Engine& engine_;
  RecordCells cells_;
  std::unique_ptr<TableWriter> writer_;
  std::unique_ptr<BaseWriter> base_;
  std::vector<ReplacedText> replaced_ = {};
  std::size_t replaced_seen_ = 0;
};

class Export::JsonPages final : public Pages {
 public:
  JsonPages(records::Engine& engine, const records::Caller& caller, const meta::ObjectDef& object,
            const std::vector<ExportColumn>& columns, const Sink& sink);
  void put(const std::vector<records::Record>& page) override;
  void finish(ExportResult&) override {}

 private:
  void add_head(store::Connection& connection, const records::Record& record, std::string& out);

  records::Engine& engine_;
  const records::Caller& caller_;
  const meta::ObjectDef& object_;
  std::vector<const meta::FieldDef*> fields_ = {};
  bool whole_ = false;  // since when is asked for too
  std::unordered_map<Id, std::string> teams_ = {};
  const Sink sink_;
};

class Export::CardPages final : public Pages {
 public:
  CardPages(records::Engine& engine, const records::Caller& caller, const meta::ObjectDef& object,
            VCardVersion version, const Sink& sink)
      : engine_(engine), caller_(caller), object_(object), version_(version), sink_(sink) {}
  void put(const std::vector<records::Record>& page) override;
  void finish(ExportResult&) override {}

 private:
  records::Engine& engine_;
  const records::Caller& caller_;
  const meta::ObjectDef& object_;
  VCardVersion version_;
  const Sink sink_;
};

}  // namespace daifuku::exchange
