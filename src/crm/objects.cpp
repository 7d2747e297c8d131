#include "crm/objects.h"

#include "crm/follow/plan.h"

namespace daifuku::crm {

std::vector<meta::ObjectDef> standard_objects() {
  return {company(),       person(),
          activity(),      deal(),
          inquiry(),       task(),
          order(),         contract(),
          product(),       proposal(),
          plan(),          order_line(),
          plan_step(),     product_category(),
          department(),    business_card(),
          life_event(),    financial_year(),
          credit_rating(), investment(),
          work_item()};
}

}  // namespace daifuku::crm
