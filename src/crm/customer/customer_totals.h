// What the product counts and keeps of every customer, company or person: the fields 40 to 52, with
// which the section totals begins.
#pragma once

#include "crm/declare.h"

namespace daifuku::crm {

// Why a field is kept, where companies and people are spoken of differently.
struct TotalsHelp {
  meta::Label stage_changed_on;
  meta::Label last_contact_at;
  meta::Label open_complaints;
};

Fields customer_totals(TotalsHelp help);

// Nobody writes the field, and its changes are not history.
meta::FieldDef kept_by_product(meta::FieldDef field);

}  // namespace daifuku::crm
