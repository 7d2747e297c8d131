// Companies against the public register of corporate numbers: who is who in it, and what it says
// has changed. Proposals only; people decide, and what they refuse is not proposed again until the
// register changes.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "exchange/reference/register_table.h"
#include "records/engine.h"

namespace daifuku::crm {

// What is proposed. The texts of the API: number name address closed.
enum class RegisterMatter { number, name, address, closed };
std::string_view matter_name(RegisterMatter matter);
std::optional<RegisterMatter> parse_matter(std::string_view name);

// A company as the check reads it.
struct CheckedCompany {
  Id id = 0;
  std::string name = {};
  std::string kana = {};
  std::string postal_code = {};
  std::string prefecture = {};
  std::string city = {};
  std::string street = {};
  std::string building = {};
  std::string number = {};  // 法人番号, empty when it has none
  std::string stage = {};
  std::string branch = {};
};

// One thing to decide on. `old_a`, `old_b` are what the record held: once it holds something else,
// the proposal is out of date.
struct RegisterProposal {
  Id company = 0;
  RegisterMatter matter = RegisterMatter::number;
  std::string number = {};  // 13 digits
  std::string old_a = {};
  std::string old_b = {};
  int percent = 0;           // how likely it is the same company; 0 where its number says so
  std::string reasons = {};  // codes, comma-separated
  int source_on = 0;         // day of the register
};

// Candidates of one name for a company without a number, best first, at most three. The weights of
// what agrees are fixed (register_match.cpp); the shares of all candidates and of "none of them"
// sum to one.
std::vector<RegisterProposal> match_company(
    const CheckedCompany& company, const std::vector<exchange::RegisteredCompany>& candidates);
// What the register says differently of a company whose number it knows.
std::vector<RegisterProposal> compare_company(const CheckedCompany& company,
                                              const exchange::RegisteredCompany& registered);
// The fields that a proposal sets, by key.
JsonObject proposed_values(RegisterMatter matter, const CheckedCompany& company,
                           const exchange::RegisteredCompany& registered,
                           const std::string& successor_name);

// Thread-safe. One check at a time, on a thread of its own.
class RegisterCheck {
 public:
  struct Item {
    Id company = 0;
    RegisterMatter matter = RegisterMatter::number;
    std::string number = {};
  };
  struct State {
    enum class Status { never, running, done, failed } status = Status::never;
    std::int64_t companies = 0;
    std::int64_t proposals = 0;
    Millis finished_at = 0;
  };
  struct Accepted {
    Id batch = 0;  // 0: nothing was done
    std::int64_t done = 0;
    std::int64_t out_of_date = 0;
    std::int64_t refused = 0;  // may not be saved so, or not by the caller
    struct Problem {
      Id company = 0;
      std::string title = {};
      std::string code = {};
      Params params = {};
    };
    std::vector<Problem> problems = {};  // why, of the first of them
    std::string next = {};               // where accept_all goes on; empty at the end
  };
  static constexpr std::size_t kMostAtOnce = 1'000;
  static constexpr std::size_t kMostTold = 100;

  RegisterCheck(records::Engine& engine, exchange::RegisterTable& table)
      : engine_(engine), table_(table) {}
  ~RegisterCheck() { stop(); }
  RegisterCheck(const RegisterCheck&) = delete;
  RegisterCheck& operator=(const RegisterCheck&) = delete;

  static std::vector<store::Table> tables();

  // Throws AppError(forbidden) for those who do not administer, AppError(conflict, register_empty)
  // before any file was loaded.
  void start(const records::Caller& caller);
  void wait();
  void stop();
  void state_json(const records::Caller& caller, std::string& out) const;

  // Proposals on companies that the caller may see, the likeliest first. Throws AppError(forbidden)
  // when he may not read the fields they are about.
  void list_json(const records::Caller& caller, RegisterMatter matter, bool refused, int limit,
                 std::string_view after, std::string& out);
  // Sets what is proposed, all as one change in the caller's name. What is out of date is left out,
  // and what is refused is told.
  Accepted accept(const records::Caller& caller, const std::vector<Item>& items);
  // All that are open of one matter and at least as likely, on companies that the caller may
  // change, at most kMostAtOnce of them; `after` is `next` of the answer before.
  Accepted accept_all(const records::Caller& caller, RegisterMatter matter, int least_percent,
                      std::string_view after);
  // Throws AppError(not_found) when one is not there for the caller; then none is decided.
  void refuse(const records::Caller& caller, const std::vector<Item>& items, bool refused);

  // What a form fills from a number: {"found": false} or the company as the register has it.
  void number_json(std::string_view number, Language language, std::string& out) const;
  void named_json(std::string_view name, Language language, std::string& out) const;

 private:
  void run();
  std::int64_t check_slice(Id& after, Id scan, bool& more);
  const meta::ObjectDef& company_object(const records::Caller& caller) const;
  std::vector<RegisterProposal> read_open(const records::Caller& caller, auth::Scope scope,
                                          RegisterMatter matter, bool refused, int least_percent,
                                          std::size_t limit, std::string_view after);

  records::Engine& engine_;
  exchange::RegisterTable& table_;
  mutable std::mutex mutex_;  // guards state_ and thread_
  State state_;
  std::thread thread_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace daifuku::crm
