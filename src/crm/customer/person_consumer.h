// What is kept of a person as a consumer: the section private_life of crm/customer/person.cpp.
#pragma once

#include "crm/declare.h"

namespace daifuku::crm {

Fields consumer_fields();  // All of it is personal data.

}  // namespace daifuku::crm
