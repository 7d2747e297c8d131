#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::meta {

namespace {

FieldDef system_field(std::uint32_t id, const char* key, const FieldKind& kind, Label label,
                      Label help) {
  FieldDef field;
  field.id = id;
  field.key = key;
  field.column = key;
  field.kind = &kind;
  field.label = std::move(label);
  field.help = std::move(help);
  field.read_only = true;
  field.audited = false;
  return field;
}

std::vector<FieldDef> make_fields() {
  std::vector<FieldDef> fields = {
      system_field(
          1, "id", kinds::integer, {"番号", "Record id"},
          {"ほかのソフトとやり取りするときの印", "The mark for exchange with other software"}),
      system_field(2, "version", kinds::integer, {"版", "Version"},
                   {"同時の変更に気づくため", "To notice changes made at the same time"}),
      system_field(3, "created_at", kinds::date_time, {"登録日時", "Created"},
                   {"いつから知っている相手かをたどるため", "To know since when it is known"}),
      system_field(4, "created_by", kinds::user, {"登録者", "Created by"},
                   {"だれが登録したかを確かめるため", "To know who entered it"}),
      system_field(5, "updated_at", kinds::date_time, {"更新日時", "Updated"},
                   {"情報が新しいかを見分けるため", "To tell fresh from stale"}),
      system_field(6, "updated_by", kinds::user, {"更新者", "Updated by"},
                   {"だれが直したかを確かめるため", "To know who changed it"}),
      system_field(
          7, "owner_id", kinds::user, {"担当者", "Owner"},
          {"自社のだれが受け持つかをはっきりさせるため", "To make clear who takes care of it"}),
      system_field(8, "team_id", kinds::integer, {"担当チーム", "Team"},
                   {"どのチームが受け持つかをはっきりさせるため",
                    "To make clear which team takes care of it"}),
      system_field(9, "deleted_at", kinds::date_time, {"削除日時", "Deleted"},
                   {"ごみ箱から戻せるようにするため", "To be able to restore it from the trash"}),
  };
  for (FieldDef& field : fields) {
    // Handing over is an ordinary change: written, and seen in the history.
    if (field.key != "owner_id" && field.key != "team_id") continue;
    field.read_only = false;
    field.audited = true;
    field.import_names =
        field.key == "owner_id"
            ? std::vector<std::string>{"自社担当",      "自社担当者",    "営業担当",
                                       "営業担当者",    "担当営業",      "所有者",
                                       "Owner",         "Account Owner", "Record Owner",
                                       "Contact Owner", "Contact owner", "Company owner",
                                       "Deal owner"}
            : std::vector<std::string>{"担当部署", "担当部門", "Team"};
  }
  return fields;
}

}  // namespace

const std::vector<FieldDef>& system_fields() {
  static const std::vector<FieldDef> kFields = make_fields();
  return kFields;
}

}  // namespace daifuku::meta
