#include "crm/objects.h"

namespace daifuku::crm {

std::vector<meta::ObjectDef> standard_objects() {
  return {company(),       person(),        activity(),   deal(),
          inquiry(),       task(),          order(),      contract(),
          product(),       proposal(),      order_line(), product_category(),
          department(),    business_card(), life_event(), financial_year(),
          credit_rating(), investment()};
}

}  // namespace daifuku::crm
