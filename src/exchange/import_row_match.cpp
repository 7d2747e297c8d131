// What a row refers to, which record it means, and what is done about it.
#include <algorithm>

#include "exchange/import_rows.h"
#include "meta/kinds.h"
#include "text/fold.h"

namespace daifuku::exchange {

void RowReader::resolve_links(store::Connection& connection, ImportRow& row) {
  for (ImportRow::Wish& wish : row.wishes) {
    const meta::ObjectDef& target = *caller_.access.catalog().object(wish.field->target);
    if (wish.origin != 0) {
      // One that has not come yet may stand further down, or in a file that is still to be
      // imported.
      wish.id = origins_.find(connection, target, wish.origin);
      check_title(connection, row, wish);
      row.shown.emplace_back(wish.field->key, meta::Label{wish.name, wish.name});
      continue;
    }
    const auto ids = links_.find(connection, target, wish.name);
    if (plan_.calendar && ids.size() != 1) {
      // Who comes to a meeting, or is named in its title, is linked where it is sure who that is.
      wish.id = -1;
      continue;
    }
    if (ids.size() == 1) wish.id = ids.front();
    if (ids.size() > 1) wish.id = -1;
    const bool makes = plan_.create_links && caller_.access.object(target).create;
    if (ids.size() > 1) {
      give_up(row, wish, "import_link_ambiguous");
    } else if (ids.empty() && !makes) {
      wish.id = -1;
      give_up(row, wish, "import_link_not_found");
    } else {
      row.shown.emplace_back(wish.field->key, meta::Label{wish.name, wish.name});
    }
  }
  std::erase_if(row.wishes, [](const ImportRow::Wish& wish) { return wish.id < 0; });
  if (plan_.calendar) drop_unclear(row);
}

// Of a calendar: a link that takes one record is left open where several are named.
void RowReader::drop_unclear(ImportRow& row) {
  std::vector<const meta::FieldDef*> unclear;
  for (const ImportRow::Wish& wish : row.wishes) {
    if (wish.field->kind != &meta::kinds::link) continue;
    const bool other = std::ranges::any_of(row.wishes, [&](const ImportRow::Wish& each) {
      return each.field == wish.field && each.id != wish.id;
    });
    if (other) unclear.push_back(wish.field);
  }
  for (const meta::FieldDef* field : unclear) {
    std::erase_if(row.wishes, [&](const auto& wish) { return wish.field == field; });
    std::erase_if(row.shown, [&](const auto& shown) { return shown.first == field->key; });
  }
}

// Somebody typed another name beside the id: he is told which of the two counts.
void RowReader::check_title(store::Connection& connection, ImportRow& row,
                            const ImportRow::Wish& wish) const {
  if (wish.id == 0 || wish.name == encode_id(wish.origin)) return;
  const meta::ObjectDef& target = *caller_.access.catalog().object(wish.field->target);
  const auto titles = engine_.titles(connection, caller_, target, {wish.id});
  const auto title = titles.find(wish.id);
  if (title == titles.end() || text::fold(title->second) == text::fold(wish.name)) return;
  warn(row, static_cast<std::size_t>(wish.column), "import_link_by_id",
       {{"name", text::truncate(wish.name, 60)}, {"title", text::truncate(title->second, 60)}});
}

void RowReader::look_up(store::Connection& connection, ImportRow& row) {
  if (row.action != ImportRow::Action::create) return;
  if (plan_.settings.drop_repeats && repeats_.seen_before(row.cells)) {
    row.leave_out("import_repeat");
    return;
  }
  resolve_links(connection, row);
  if (!plan_.updates()) check_required(row);
  if (row.action != ImportRow::Action::create) return;
  match(connection, row);
}

void RowReader::match(store::Connection& connection, ImportRow& row) {
  const auto choice = plan_.settings.choices.find(row.line);
  if (choice != plan_.settings.choices.end()) {
    switch (choice->second.kind) {
      case RowChoice::Kind::skip:
        row.leave_out("import_chosen_skip");
        return;
      case RowChoice::Kind::create:
        take_new(row, true);
        return;
      case RowChoice::Kind::use:
        row.match.id = matcher_.seen(connection, choice->second.id);
        row.match.by = "chosen";
        if (row.match.id != 0) {
          take_match(row);
          return;
        }
        row.match = {};  // It is gone meanwhile: asked anew.
    }
  }
  if (!plan_.matches()) {
    take_new(row, false);
    return;
  }
  RowIdentity identity{.values = row.values};
  if (row.own_id != 0) identity.id = origins_.find(connection, *plan_.object, row.own_id);
  for (const ImportRow::Wish& wish : row.wishes) {
    // One that is still to be made is none of those that are there.
    if (wish.field == matcher_.printer().company_link())
      identity.company = wish.id > 0 ? wish.id : -1;
  }
  row.match = matcher_.find(connection, identity);
  if (plan_.own && row.own_id != 0 && row.match.by != "id") drop_others(connection, row);
  if (plan_.updates() && !plan_.calendar && row.own_id != 0 && row.match.by != "id") {
    row.problems.push_back({column_of("id"), "id", "import_id_not_found", {}, false});
  }
  if (row.match.unsure) {
    switch (plan_.settings.unsure) {
      case UnsureRows::wait:
        row.action = ImportRow::Action::look;
        row.problems.push_back({-1, {}, "import_unsure", {}, false});
        return;
      case UnsureRows::create:
        take_new(row, false);
        return;
      case UnsureRows::skip:
        row.leave_out("import_unsure_skipped");
        return;
    }
  }
  if (row.match.id == 0) {
    take_new(row, false);
    return;
  }
  if (plan_.updates()) {
    const std::int64_t earlier = targets_.insert(row.match.id, row.line);
    if (earlier != 0 && earlier != row.line) {
      // Which of the two is right, a person knows.
      row.action = ImportRow::Action::look;
      row.match.candidates = {{.id = row.match.id, .reasons = {row.match.by}, .sure = true}};
      row.match.unsure = true;
      row.match.id = 0;
      row.problems.push_back(
          {-1, {}, "import_row_same_record", {{"row", std::to_string(earlier)}}, false});
      return;
    }
  }
  take_match(row);
}

// Two ids of the ledger that wrote the file are two records, however alike they are.
void RowReader::drop_others(store::Connection& connection, ImportRow& row) const {
  if (row.match.id != 0 && origins_.is_other(connection, row.match.id, row.own_id)) row.match = {};
  if (!row.match.unsure) return;
  std::erase_if(row.match.candidates, [&](const MatchCandidate& candidate) {
    return origins_.is_other(connection, candidate.id, row.own_id);
  });
  if (row.match.candidates.empty()) row.match = {};
}

void RowReader::take_match(ImportRow& row) {
  row.target = row.match.id;
  if (!plan_.updates()) {
    row.leave_out("import_known");
    return;
  }
  row.action = ImportRow::Action::update;
}

void RowReader::take_new(ImportRow& row, bool chosen) {
  if (plan_.settings.mode == ImportMode::update && !chosen) {
    row.leave_out("import_not_registered");
    return;
  }
  check_required(row);
  if (row.action != ImportRow::Action::create || !plan_.matches()) return;
  if (plan_.keeps_origins() && row.own_id != 0) return;
  const RowPrint print = matcher_.printer().print(row.values);
  if (!chosen && repeats_.find(print)) {
    row.leave_out("import_known");
    return;
  }
  repeats_.remember(print);
}

void RowReader::pass(const ImportRow& row) {
  if (row.action != ImportRow::Action::create) return;
  if (plan_.settings.drop_repeats) repeats_.seen_before(row.cells);
  if (plan_.matches()) repeats_.remember(matcher_.printer().print(row.values));
}

}  // namespace daifuku::exchange
