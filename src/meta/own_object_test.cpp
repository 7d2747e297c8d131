#include "meta/own_object.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "meta/kinds.h"

namespace daifuku::meta {
namespace {

ObjectDef customer(std::uint32_t id, const std::string& key) {
  return {.id = id,
          .key = key,
          .plural = key + "_all",
          .label = {key, key},
          .plural_label = {key, key},
          .fields = {{.id = 1, .key = "name", .kind = &kinds::text, .label = {"名", "Name"}}},
          .customer = true};
}

OwnObject property() {
  return {.id = 1'000,
          .key = "c_1000",
          .label = {.ja = "物件"},
          .plural_label = {.ja = "物件"},
          .icon = "home",
          .links = {"company"}};
}

std::vector<ObjectDef> with(const std::vector<OwnObject>& rows, std::vector<std::string>& ignored) {
  std::vector<ObjectDef> objects = {customer(1, "company"), customer(2, "person")};
  add_own_objects(rows, objects, ignored);
  return objects;
}

TEST(OwnObjects, StandInTheCatalogLikeTheOthers) {
  std::vector<std::string> ignored;
  const Catalog catalog(with({property()}, ignored));
  EXPECT_TRUE(ignored.empty());
  const ObjectDef* object = catalog.by_plural("c_1000");
  ASSERT_NE(object, nullptr);
  EXPECT_TRUE(is_own(*object));
  EXPECT_FALSE(is_own(*catalog.object("company")));
  EXPECT_EQ(object->label.en, "物件");
  for (const std::string key : {"name", "company", "date", "tags", "note"})
    EXPECT_NE(object->field(key), nullptr) << key;
  EXPECT_EQ(object->field("person"), nullptr);
  EXPECT_EQ(object->timeline_at, "date");
  EXPECT_TRUE(std::ranges::none_of(object->expanded, &FieldDef::duplicate_key));
}

TEST(OwnObjects, WithoutACustomerHaveNoTimeline) {
  OwnObject row = property();
  row.links.clear();
  std::vector<std::string> ignored;
  const Catalog catalog(with({row}, ignored));
  EXPECT_EQ(catalog.object("c_1000")->field("date"), nullptr);
  EXPECT_TRUE(catalog.object("c_1000")->timeline_at.empty());
}

TEST(OwnObjects, TakeOwnFieldsAndLinksToEachOther) {
  std::vector<std::string> ignored;
  const Customization changes{.fields = {{.id = 10'000,
                                          .object = "company",
                                          .key = "c_10000",
                                          .kind = "link",
                                          .column = "x_int_1",
                                          .label = {"本社の物件", ""},
                                          .target = "c_1000"}}};
  const Catalog catalog(with({property()}, ignored), changes);
  EXPECT_TRUE(catalog.ignored().empty());
  EXPECT_EQ(catalog.object("company")->field("c_10000")->target, "c_1000");
}

TEST(OwnObjects, RowsThatMakeNoSenseAreLeftOutAndTold) {
  const auto wrong = [](auto change) {
    OwnObject row = property();
    change(row);
    std::vector<std::string> ignored;
    EXPECT_EQ(with({row}, ignored).size(), 2U);
    return ignored.size() == 1;
  };
  EXPECT_TRUE(wrong([](OwnObject& row) { row.id = 999; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.key = "property"; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.key = "c_"; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.key = "c_" + std::string(29, 'a'); }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.key = "c_A"; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.key = "c_box_trash"; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.label = {}; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.links = {"deal"}; }));
  EXPECT_TRUE(wrong([](OwnObject& row) { row.links = {"company", "company"}; }));
  std::vector<std::string> ignored;
  EXPECT_EQ(with({property(), property()}, ignored).size(), 3U);
  EXPECT_EQ(ignored.size(), 1U);
}

}  // namespace
}  // namespace daifuku::meta
