// The standard objects. What follows from a declaration is derived (meta/derive.h); a field's or an
// object's id is never used again for something else.
#pragma once

#include <vector>

#include "meta/object.h"

namespace daifuku::crm {

meta::ObjectDef company();
meta::ObjectDef person();
meta::ObjectDef department();      // of a customer: its organization chart
meta::ObjectDef financial_year();  // of a company: sales and profits
meta::ObjectDef credit_rating();   // of a company, dated
meta::ObjectDef investment();      // of a company: its larger projects
meta::ObjectDef business_card();   // of a person; the newest one is marked
meta::ObjectDef life_event();      // of a person: marriage, birth, new job ...
meta::ObjectDef activity();        // any contact
meta::ObjectDef inquiry();         // what a customer asked; complaints too
meta::ObjectDef deal();
meta::ObjectDef proposal();  // what was proposed, with its file and how it ended
meta::ObjectDef product();
meta::ObjectDef product_category();
meta::ObjectDef order();
meta::ObjectDef order_line();
meta::ObjectDef contract();
meta::ObjectDef task();
meta::ObjectDef work_item();  // of the company itself: what is done today, for setting up

// In the order of the navigation.
std::vector<meta::ObjectDef> standard_objects();

}  // namespace daifuku::crm
