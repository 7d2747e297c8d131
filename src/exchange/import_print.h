// What a row tells of who it is: the parts of a record by which two of them are the same.
#pragma once

#include <string>
#include <vector>

#include "records/engine.h"

namespace daifuku::exchange {

struct RowPrint {
  std::string name = {};  // strict key
  std::string form = {};  // of a company: its legal form
  std::string number = {};
  std::string place = {};
  std::vector<std::string> phones = {};
  std::vector<std::string> emails = {};
  Id company = 0;  // of a person

  bool telling() const {
    return !name.empty() && !(number.empty() && place.empty() && phones.empty() && emails.empty());
  }
};

// Makes prints of one object, of fields that the caller may read. Lives as long as what it refers
// to; thread-safe.
class Printer {
 public:
  Printer(const records::ObjectPlan& plan, const records::Caller& caller);

  RowPrint print(const meta::Values& values) const;
  bool of_companies() const { return company_; }
  // All that a print is made of; empty when the object has no name to go by.
  const std::vector<const meta::FieldDef*>& fields() const { return fields_; }
  const meta::FieldDef* company_link() const { return link_; }

 private:
  const meta::ObjectDef& object_;
  bool company_ = false;
  std::vector<const meta::FieldDef*> fields_ = {};
  const meta::FieldDef* number_ = nullptr;
  const meta::FieldDef* link_ = nullptr;
  std::string city_ = {};
  std::string street_ = {};
};

// 株式会社A and 合同会社A are two firms; a bare A may be either.
bool same_name(const RowPrint& a, const RowPrint& b);
bool share_any(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace daifuku::exchange
