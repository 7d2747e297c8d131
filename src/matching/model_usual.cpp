// The model before anything was learned.
#include <algorithm>
#include <cmath>

#include "matching/model.h"

namespace daifuku::matching {

namespace {

using Shares = std::array<double, kMostLevels>;
struct Usual {
  Shares same;
  Shares drawn;
};

// As bench/linkage prints them for the table named in model.h. What that table does not have: names
// of persons are taken to be written as often right as readings, days and numbers as telephone
// numbers, and of the firms that a customer was known at a third are not the ones of today.
const Usual& usual_shares(Kind kind) {
  static constexpr Usual kCompany{{0.0057, 0.0001, 0.0080, 0.1543, 0.0085, 0.0001, 0.8234},
                                  {0.999835, 1e-6, 0.000152, 0.000013, 1e-6, 1e-6, 1e-6}};
  static constexpr Usual kKana{{0.0037, 0.0041, 0.1094, 0.8827}, {0.999928, 0.000072, 1e-6, 1e-6}};
  static constexpr Usual kPerson{{0.0037, 0.0041, 0.1094, 0.8827}, {0.9950, 0.0045, 3e-4, 2e-4}};
  static constexpr Usual kPostal{{0.1145, 0.0116, 0.0017, 0.8722},
                                 {0.997806, 0.002052, 0.000137, 0.000006}};
  static constexpr Usual kAddress{{0.1186, 0.0117, 0.0013, 0.0049, 0.1065, 0.7570},
                                  {0.998461, 0.001506, 0.000032, 1e-6, 1e-6, 1e-6}};
  static constexpr Usual kPhone{{0.2141, 0.0004, 0.0285, 0.7570}, {0.999948, 0.000052, 1e-6, 1e-6}};
  static constexpr Usual kEmail{{0.0005, 0.6850, 0.0006, 0.3139}, {0.999997, 1e-6, 1e-6, 1e-6}};
  static constexpr Usual kNumber{{0.0004, 0.9996}, {0.999999, 1e-6}};
  static constexpr Usual kBelonging{{0.33, 0.67}, {0.9999, 1e-4}};
  static constexpr Usual kOther{{0.2141, 0.0100, 0.0285, 0.7474}, {0.98, 0.015, 0.004, 0.001}};
  switch (kind) {
    case Kind::company:
      return kCompany;
    case Kind::person:
      return kPerson;
    case Kind::kana:
      return kKana;
    case Kind::phone:
      return kPhone;
    case Kind::email:
      return kEmail;
    case Kind::address:
      return kAddress;
    case Kind::postal_code:
      return kPostal;
    case Kind::number:
      return kNumber;
    case Kind::belonging:
      return kBelonging;
    case Kind::date:
    case Kind::digits:
    case Kind::text:
      break;
  }
  return kOther;
}

constexpr double kSeen = 1'000;  // pairs that the shares stand for when weights are made to rise
constexpr double kShareOfTwins = 0.05;

}  // namespace

Model Model::usual(const std::vector<Kind>& kinds, double rows) {
  std::vector<Field> fields;
  for (const Kind kind : kinds) {
    const Usual& usual = usual_shares(kind);
    Field field{.kind = kind, .m = usual.same, .u = usual.drawn};
    for (std::size_t level = 0; level < kMostLevels; ++level)
      field.seen[level] = usual.same[level] * kSeen;
    fields.push_back(field);
  }
  // Pairs that are one among all pairs of so many rows.
  const double pairs = kShareOfTwins * rows;
  const double all = rows < 2 ? 1 : rows * (rows - 1) / 2;
  const double share = std::min(std::max(pairs, 0.5) / (all + 1), 0.5);
  return {std::move(fields), std::log2(share / (1 - share))};
}

}  // namespace daifuku::matching
