// The declarations: they make a catalog, say all that a screen needs, and hold every fact of the
// acceptance list.
#include "crm/objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "text/fold.h"

namespace daifuku::crm {
namespace {

const meta::Catalog& catalog() {
  static const meta::Catalog kCatalog(standard_objects());
  return kCatalog;
}

struct Item {
  const char* id;
  std::vector<const char*> fields;  // object.field, or an object
};

// The acceptance list as far as it names facts to keep; what is missing here is a function, not a
// fact.
const std::vector<Item>& acceptance() {
  static const std::vector<Item> kItems = {
      {"CO-01", {"company.name", "company.name_kana"}},
      {"CO-02",
       {"company.postal_code", "company.prefecture", "company.city", "company.street",
        "company.building"}},
      {"CO-03",
       {"company.billing_postal_code", "company.billing_prefecture", "company.billing_city",
        "company.billing_street", "company.billing_building", "company.billing_name"}},
      {"CO-04", {"company.phone"}},
      {"CO-05", {"company.email"}},
      {"CO-06", {"company.representative", "company.representative_person"}},
      {"CO-07", {"company.capital"}},
      {"CO-08", {"company.employees"}},
      {"CO-09", {"company.business"}},
      {"CO-10", {"company.industry"}},
      {"CO-11", {"company.main_products"}},
      {"CO-12", {"company.website"}},
      {"CO-13", {"company.sns"}},
      {"CO-14", {"company.note", "activity.content"}},
      {"CO-15", {"department.parent", "department.company", "person.department_unit"}},
      {"CO-16", {"financial_year.sales", "company.annual_sales"}},
      {"CO-17", {"company.closing_month"}},
      {"CO-18",
       {"credit_rating.score", "credit_rating.rated_on", "credit_rating.source",
        "company.credit_score"}},
      {"CO-19",
       {"financial_year.year", "financial_year.operating_profit", "financial_year.ordinary_profit",
        "financial_year.net_profit", "financial_year.total_assets", "financial_year.equity",
        "financial_year.employees"}},
      {"CO-20", {"company.growth_streak"}},
      {"CO-21", {"investment.decided_on", "investment.amount", "investment.note"}},
      {"CO-22", {"company.reason_for_being"}},
      {"CO-23", {"company.owner_character"}},
      {"CO-24", {"activity.page_url", "activity.kind=web_visit"}},
      {"CO-25",
       {"company.stage", "company.stage_changed_on", "person.stage", "person.stage_changed_on"}},
      {"CO-26", {"company", "person", "person.kind=consumer"}},
      {"PE-01",
       {"person.family_name", "person.given_name", "person.family_kana", "person.given_kana",
        "person.name"}},
      {"PE-02", {"person.department", "person.division", "person.employment"}},
      {"PE-03", {"person.job_title", "person.job_rank"}},
      {"PE-04", {"person.email", "person.emails"}},
      {"PE-05", {"person.mobile"}},
      {"PE-06", {"person.phone", "person.home_phone", "person.phones"}},
      {"PE-07", {"person.character"}},
      {"PE-08", {"business_card.image", "business_card.latest", "person.latest_card"}},
      {"PE-09", {"person.company"}},
      {"BC-01", {"person.name"}},
      {"BC-02", {"person.postal_code", "person.prefecture", "person.city", "person.street"}},
      {"BC-03", {"person.home_phone", "person.mobile", "person.phones"}},
      {"BC-04", {"person.sex"}},
      {"BC-05", {"person.birth_date"}},
      {"BC-06", {"person.email", "person.emails"}},
      {"BC-07", {"person.family", "person.household"}},
      {"BC-08", {"person.workplace", "person.company"}},
      {"BC-09", {"person.occupation"}},
      {"BC-10", {"person.income_band"}},
      {"BC-11",
       {"life_event.kind=marriage", "life_event.kind=birth", "life_event.kind=new_job",
        "life_event.kind=retirement", "life_event.event_on", "person.life_stage"}},
      {"BC-12", {"person.preferences", "person.preference_note"}},
      {"BC-13", {"person.dislikes"}},
      {"BC-14", {"person.usual_order"}},
      {"BC-15", {"order.person", "person.order_count"}},
      {"BC-16", {"activity.person", "activity.reaction"}},
      {"BC-17", {"life_event.need", "life_event.approach_on", "life_event.coming"}},
      {"IQ-01", {"inquiry.received_at"}},
      {"IQ-02", {"inquiry.content"}},
      {"IQ-03", {"inquiry.responder"}},
      {"IQ-04", {"inquiry.response_method", "inquiry.method"}},
      {"IQ-05", {"inquiry.response", "inquiry.responded_at"}},
      {"IQ-06", {"inquiry.company", "inquiry.person", "inquiry.order"}},
      {"IQ-08",
       {"inquiry.kind=trouble", "inquiry.kind=complaint", "inquiry.severity", "inquiry.status"}},
      {"IQ-09", {"company.open_complaints", "person.open_complaints"}},
      {"IQ-10", {"inquiry.complaint_type"}},
      {"IQ-11", {"inquiry.countermeasure_document", "inquiry.countermeasure", "inquiry.cause"}},
      {"DE-01", {"activity.happened_at", "activity.deal", "deal.started_on"}},
      {"DE-02", {"deal.salespeople", "activity.participants"}},
      {"DE-03", {"deal.customer_attendees", "activity.attendees"}},
      {"DE-04", {"deal.content", "activity.content"}},
      {"DE-05",
       {"deal.next_plan", "deal.next_plan_on", "activity.next_action", "activity.next_action_at"}},
      {"DE-06", {"deal.stage", "deal.company", "deal.person", "deal.stage_changed_on"}},
      {"DE-07", {"deal.handover_note"}},
      {"DE-08", {"deal.amount", "deal.expected_close_on"}},
      {"DE-09", {"deal.win_reasons", "deal.win_note"}},
      {"DE-10", {"deal.lose_reasons", "deal.lose_note"}},
      {"DE-11", {"deal.competitor", "company.relations=competitor"}},
      {"DE-12", {"deal.competitor_person", "person.kind=competitor"}},
      {"DE-13", {"deal.needs", "deal.need_note"}},
      {"DE-15",
       {"proposal.document", "proposal.company", "proposal.version_number", "proposal.result"}},
      {"DE-16", {"proposal.needs", "proposal.products"}},
      {"DE-17", {"proposal.deal", "proposal.result=rejected"}},
      {"DE-20", {"company.source", "person.source", "company.stage=prospect"}},
      {"DE-21", {"company.rank", "person.rank", "deal.odds", "deal.weighted_amount"}},
      {"DE-22", {"company.next_action", "company.next_action_at"}},
      {"DE-23", {"product.category", "contract.products"}},
      {"FI-01",
       {"proposal.document", "contract.document", "inquiry.countermeasure_document",
        "activity.document"}},
      {"FI-02", {"business_card.image", "business_card.image_back"}},
      {"PU-01", {"order_line.product", "order_line.description"}},
      {"PU-02", {"order_line.unit_price", "product.unit_price", "product.tax", "order_line.tax"}},
      {"PU-03", {"order_line.quantity"}},
      {"PU-04", {"order_line.amount", "order.total"}},
      {"PU-05", {"order.ordered_on", "company.order_count", "person.order_count"}},
      {"PU-06", {"company.order_interval_days", "person.order_interval_days"}},
      {"PU-07", {"company.average_order", "person.average_order"}},
      {"PU-08", {"product.category", "product_category.name"}},
      {"PU-09", {"contract.signed_on"}},
      {"PU-10", {"contract.expires_on"}},
      {"PU-11", {"contract.renews_on", "contract.auto_renewal", "contract.notice_days"}},
      {"PU-12", {"order.delivery_on", "order.delivered_on", "order_line.delivered_on"}},
      {"PU-13", {"task.contract", "task.order", "task.rule"}},
      {"PU-15", {"order.channel"}},
      {"CT-01",
       {"activity.kind=mail_reaction", "activity.reaction=open", "activity.reaction=click",
        "activity.reaction=reply"}},
      {"CT-02", {"activity.kind=web_visit"}},
      {"CT-03", {"activity.kind=site_search", "activity.search_words"}},
      {"CT-04", {"activity.kind=sns_reaction", "activity.medium"}},
      {"CT-05", {"activity.kind=event", "activity.event_name"}},
      {"CT-06", {"activity.kind=invitation"}},
      {"CT-07",
       {"activity.kind=call", "activity.kind=email", "activity.kind=chat", "activity.kind=visit",
        "activity.direction"}},
      {"CT-08", {"activity.kind=proposal"}},
      {"CT-09", {"activity.company", "activity.person", "activity.deal"}},
      {"CT-10", {"activity.content", "activity.kind=note"}},
  };
  return kItems;
}

bool declared(std::string_view path) {
  const std::size_t dot = path.find('.');
  const meta::ObjectDef* object = catalog().object(path.substr(0, dot));
  if (object == nullptr || dot == std::string_view::npos) return object != nullptr;
  path.remove_prefix(dot + 1);
  const std::size_t equals = path.find('=');
  const meta::FieldDef* field = object->field(path.substr(0, equals));
  if (field == nullptr || equals == std::string_view::npos) return field != nullptr;
  for (const meta::Option& option : field->options) {
    if (option.key == path.substr(equals + 1)) return true;
  }
  return false;
}

TEST(StandardObjects, MakeACatalog) {
  EXPECT_EQ(catalog().objects().size(), 21U);
  EXPECT_TRUE(catalog().ignored().empty());
}

TEST(StandardObjects, KeepEveryFactOfTheAcceptanceList) {
  for (const Item& item : acceptance()) {
    for (const char* path : item.fields) EXPECT_TRUE(declared(path)) << item.id << " " << path;
  }
}

TEST(StandardObjects, SayAllThatAScreenNeeds) {
  for (const meta::ObjectDef& object : catalog().objects()) {
    SCOPED_TRACE(object.key);
    EXPECT_FALSE(object.icon.empty());
    EXPECT_FALSE(object.help.ja.empty());
    EXPECT_FALSE(object.help.en.empty());
    EXPECT_FALSE(object.plural_label.ja.empty());
    int columns = 0;
    for (const meta::FieldDef& field : object.expanded) {
      SCOPED_TRACE(field.key);
      EXPECT_FALSE(field.help.ja.empty());
      EXPECT_FALSE(field.help.en.empty());
      EXPECT_FALSE(field.section.empty());
      EXPECT_GE(field.maturity, 0);
      EXPECT_LE(field.maturity, 3);
      // A search mode is needed to be found by.
      if (field.searchable) {
        EXPECT_NE(field.kind->search, meta::FieldKind::Search::none);
      }
      if (field.in_list) ++columns;
    }
    EXPECT_GE(columns, 2);
    EXPECT_LE(columns, 11);
  }
}

TEST(StandardObjects, ShowCustomersTheirTimeline) {
  for (const char* key : {"activity", "inquiry", "deal", "order", "contract", "proposal"}) {
    const meta::ObjectDef* object = catalog().object(key);

    EXPECT_FALSE(object->timeline_at.empty()) << key;
    EXPECT_FALSE(object->customer_links.empty()) << key;
  }
  EXPECT_TRUE(catalog().object("company")->customer);
  EXPECT_TRUE(catalog().object("person")->customer);
}

TEST(StandardObjects, KeepDelicateFieldsForManagers) {
  for (const char* path : {"company.owner_character", "person.character", "person.income_band"}) {
    const std::string name(path);
    const std::size_t dot = name.find('.');
    const meta::FieldDef* field =
        catalog().object(name.substr(0, dot))->field(name.substr(dot + 1));

    EXPECT_TRUE(field->sensitive) << path;
    EXPECT_TRUE(field->personal) << path;
  }
}

TEST(StandardObjects, DefaultsAreUnderstood) {
  for (const meta::ObjectDef& object : catalog().objects()) {
    meta::Values values;

    EXPECT_NO_THROW(meta::apply_defaults(object, values, "2026-04-01", 0, 1)) << object.key;
  }
}

TEST(StandardObjects, OptionsAreToldApart) {
  for (const meta::ObjectDef& object : catalog().objects()) {
    for (const meta::FieldDef& field : object.expanded) {
      std::map<std::string, std::string> seen;
      for (const meta::Option& option : field.options) {
        std::vector<std::string> all = option.import_names;
        all.insert(all.end(), {option.key, option.label.ja, option.label.en});
        for (const std::string& name : all) {
          const auto [at, fresh] = seen.emplace(name, option.key);
          EXPECT_TRUE(fresh || at->second == option.key)
              << object.key << "." << field.key << ": " << name << " is " << at->second << " and "
              << option.key;
        }
      }
    }
  }
}

// Lists as other software writes them.
TEST(StandardObjects, ReadOtherSoftwaresWords) {
  struct Case {
    const char* object;
    const char* field;
    const char* text;
    const char* key;
  };
  const Case cases[] = {
      {"company", "stage", "既存顧客", "customer"},
      {"company", "stage", "リード", "prospect"},
      {"company", "industry", "製造業", "other_manufacturing"},
      {"company", "industry", "ＩＴ", "information"},
      {"company", "industry", "卸売業，小売業", "retail"},
      {"person", "sex", "男", "male"},
      {"person", "job_rank", "代表取締役", "president"},
      {"deal", "stage", "Closed Won", "won"},
      {"deal", "stage", "closedlost", "lost"},
      {"product", "tax", "軽減税率8%", "reduced"},
      {"product", "tax", "10%", "standard"},
      {"inquiry", "status", "Waiting on contact", "waiting"},
      {"order", "status", "発送済み", "delivered"},
      {"contract", "billing_cycle", "月払い", "monthly"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.text);
    const meta::FieldDef* field = catalog().object(each.object)->field(each.field);
    meta::Value value;
    Problems problems;

    EXPECT_TRUE(field->kind->parse_text(*field, each.text, value, problems));

    EXPECT_EQ(meta::text_of(value), each.key);
  }
}

// One header must not mean two fields of one object with the same right: compared as an import
// compares them. A part and its whole may share one, and where a header is common to two fields the
// label of one of them decides.
TEST(StandardObjects, LabelsMeanOneFieldEach) {
  for (const meta::ObjectDef& object : catalog().objects()) {
    std::map<std::string, std::string> seen;
    for (const meta::FieldDef& field : object.expanded) {
      for (const std::string& label : {field.label.ja, field.label.en}) {
        const auto [at, fresh] = seen.emplace(text::fold(label), field.key);
        EXPECT_TRUE(fresh || at->second == field.key)
            << object.key << ": " << label << " is " << at->second << " and " << field.key;
      }
    }
  }
}

}  // namespace
}  // namespace daifuku::crm
