#include "records/duplicate_model.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "records/schema.h"

namespace daifuku::records {

using matching::Kind;
using matching::Model;

namespace {

// Another server may have scanned meanwhile, and a ledger without a scan grows.
constexpr Millis kKept = 60'000;
// Rows that are counted for the usual model: more change little of it.
constexpr std::int64_t kMostCounted = 20'000;

std::string number(double value) {
  std::array<char, 32> digits{};
  return {digits.begin(), std::to_chars(digits.begin(), digits.end(), value).ptr};
}

using Shares = std::array<double, matching::kMostLevels>;
void write_shares(JsonWriter& json, std::string_view key, const Shares& shares, int levels) {
  json.key(key).begin_array();
  for (int level = 0; level < levels; ++level)
    json.raw(number(shares[static_cast<std::size_t>(level)]));
  json.end_array();
}

bool read_shares(const Json& field, std::string_view key, int levels, Shares& out) {
  const Json* shares = json_find(field, key);
  if (shares == nullptr || !shares->is_array() ||
      shares->get_array().size() != static_cast<std::size_t>(levels))
    return false;
  for (std::size_t i = 0; i < shares->get_array().size(); ++i) {
    const Json& share = shares->get_array()[i];
    if (!share.is_number()) return false;
    out[i] = share.to_number<double>();
  }
  return true;
}

// Of one field; the usual shares stay where they cannot be read.
void read_field(const Json& written, std::size_t at, DuplicateModel& out,
                std::vector<Model::Field>& fields) {
  const Kind kind = out.kinds[at];
  if (json_integer(written, "kind", -1) != static_cast<std::int64_t>(kind)) return;
  const int levels = matching::levels(kind);
  Model::Field field{.kind = kind};
  if (!read_shares(written, "same", levels, field.m) ||
      !read_shares(written, "drawn", levels, field.u) ||
      !read_shares(written, "seen", levels, field.seen))
    return;
  fields[at] = field;
  const Json* frequent = json_find(written, "frequent");
  if (frequent == nullptr || !frequent->is_array()) return;
  std::size_t text = 0;
  for (const Json& one : frequent->get_array()) {
    if (text < matching::Frequencies::kTexts && one.is_string())
      out.frequencies.read(at, text, {one.get_string().data(), one.get_string().size()});
    ++text;
  }
}

}  // namespace

matching::LooseRow DuplicateModel::prepare(const meta::Values& values,
                                           const std::vector<bool>& told) const {
  matching::LooseRow out(compared.size());
  std::vector<std::string> cells;
  matching::Prepared prepared;
  for (std::size_t i = 0; i < compared.size(); ++i) {
    if (!told.empty() && !told[i]) continue;
    compared[i].cells(values, cells);
    for (const std::string& cell : cells) {
      if (matching::prepare(kinds[i], cell, prepared)) out[i].push_back(prepared);
    }
  }
  return out;
}

std::shared_ptr<const DuplicateModel> DuplicateModels::of(const ObjectPlan& plan) {
  const Millis now = engine_.clock().now();
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(&plan);
    if (found != known_.end() && now < found->second.until) return found->second.model;
  }
  auto model = load(plan);
  const std::lock_guard lock(mutex_);
  return (known_[&plan] = {std::move(model), now + kKept}).model;
}

std::shared_ptr<const DuplicateModel> DuplicateModels::load(const ObjectPlan& plan) {
  auto out = std::make_shared<DuplicateModel>();
  out->compared = compared_fields(plan);
  if (out->compared.empty()) return nullptr;
  for (const ComparedField& field : out->compared) out->kinds.push_back(field.kind);
  out->frequencies = matching::Frequencies(out->kinds.size());
  std::string written;
  std::int64_t counted = 0;
  engine_.database().read([&](store::Connection& connection) {
    {
      auto row =
          connection.query("SELECT m.learned FROM duplicate_model m WHERE {m} AND m.object_id = ?");
      row.bind(static_cast<std::int64_t>(plan.object.id));
      if (row.step()) written = row.text(0);
    }
    if (!written.empty()) return;
    auto row = connection.query("SELECT count(*) FROM (SELECT t.id FROM " + plan.table +
                                " t WHERE {t} LIMIT ?) c");
    row.bind(kMostCounted);
    if (row.step()) counted = row.integer(0);
  });
  const Json learned = written.empty() ? Json() : parse_json(written);
  out->learned = learned.is_object();
  out->rows = static_cast<matching::Row>(out->learned ? json_integer(learned, "rows") : counted);
  const Model usual = Model::usual(out->kinds, static_cast<double>(out->rows));
  if (!out->learned) {
    out->model = usual;
    return out;
  }
  std::vector<Model::Field> fields = usual.fields();
  if (const Json* all = json_find(learned, "fields"); all != nullptr && all->is_array()) {
    for (const Json& field : all->get_array()) {
      const std::string key = json_text(field, "key");
      for (std::size_t i = 0; i < out->compared.size(); ++i) {
        if (out->compared[i].field->key == key) read_field(field, i, *out, fields);
      }
    }
  }
  const Json* prior = json_find(learned, "prior");
  out->model =
      Model(std::move(fields),
            prior != nullptr && prior->is_number() ? prior->to_number<double>() : usual.prior());
  return out;
}

void DuplicateModels::keep(const ObjectPlan& plan, const Model& model,
                           const matching::Frequencies& frequencies, matching::Row rows) {
  const auto compared = compared_fields(plan);
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("rows", static_cast<std::int64_t>(rows));
  json.key("prior").raw(number(model.prior())).key("fields").begin_array();
  for (std::size_t i = 0; i < compared.size(); ++i) {
    const Model::Field& field = model.fields()[i];
    const int levels = matching::levels(field.kind);
    json.begin_object().field("key", compared[i].field->key);
    json.field("kind", static_cast<int>(field.kind));
    write_shares(json, "same", field.m, levels);
    write_shares(json, "drawn", field.u, levels);
    write_shares(json, "seen", field.seen, levels);
    json.key("frequent").begin_array();
    for (std::size_t text = 0; text < matching::Frequencies::kTexts; ++text)
      json.string(frequencies.write(i, text));
    json.end_array().end_object();
  }
  json.end_array().end_object();
  engine_.database().write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO duplicate_model ({tenant_id}, object_id, learned) VALUES ({tenant}, ?, ?) "
          "ON CONFLICT ({tenant_id}, object_id) DO UPDATE SET learned = excluded.learned")
        .bind(static_cast<std::int64_t>(plan.object.id), out)
        .run();
  });
  const std::lock_guard lock(mutex_);
  known_.clear();
}

}  // namespace daifuku::records
