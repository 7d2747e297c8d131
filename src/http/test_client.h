// For tests: a raw socket that says exactly the bytes it is given.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>

namespace daifuku::http {

// What must happen at once, on a loaded machine.
inline constexpr std::chrono::milliseconds kSoon{3'000};

struct Answer {
  int status = 0;  // 0: the server closed without a word, or said nothing in time
  std::string head = {};
  std::string body = {};
  bool complete = false;

  // As it stands in the head; empty when absent. The name as the server writes it.
  std::string header(std::string_view name) const {
    const std::string key = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(key);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + key.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

// Blocking; every wait for bytes ends after ten seconds.
class TestClient {
 public:
  explicit TestClient(unsigned short port)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~TestClient() { ::close(socket_); }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  bool connected() const { return connected_; }

  // false: the server closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // One answer: its body by Content-Length, chunks (undone) or the end of the connection.
  Answer read_answer(bool head_only = false) {
    Answer answer;
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return answer;
    }
    answer.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    answer.status = std::atoi(answer.head.c_str() + std::string_view("HTTP/1.1 ").size());
    const std::string length = answer.header("Content-Length");
    if (head_only || answer.status == 204 || answer.status == 304 || answer.status == 100) {
      answer.complete = true;
    } else if (!length.empty()) {
      answer.complete = take(std::stoul(length), answer.body);
    } else if (answer.header("Transfer-Encoding") == "chunked") {
      read_chunks(answer);
    } else {
      answer.complete = true;
      while (fill()) {
      }
      answer.body.swap(buffer_);
    }
    return answer;
  }

  Answer ask(std::string_view request) {
    send(request);
    return read_answer();
  }

  // One chunk of a stream; empty at its end, and when it is cut short.
  std::string read_chunk() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (!fill()) return {};
    }
    const std::size_t size = std::stoul(buffer_.substr(0, end), nullptr, 16);
    buffer_.erase(0, end + 2);
    std::string piece;
    std::string ignored;
    if (!take(size, piece) || !take(2, ignored)) return {};
    return piece;
  }

  // Whether the server ends the connection in that time; bytes before are thrown away.
  bool closed_within(std::chrono::milliseconds time) {
    const auto deadline = std::chrono::steady_clock::now() + time;
    while (true) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      bool closed = false;
      if (!fill(static_cast<int>(left.count()), &closed) && closed) return true;
    }
  }

 private:
  bool take(std::size_t size, std::string& out) {
    while (buffer_.size() < size) {
      if (!fill()) return false;
    }
    out = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return true;
  }

  void read_chunks(Answer& answer) {
    while (true) {
      std::size_t end = 0;
      while ((end = buffer_.find("\r\n")) == std::string::npos) {
        if (!fill()) return;
      }
      const bool last = buffer_.starts_with("0\r\n");
      if (last) {
        std::string ignored;
        answer.complete = take(5, ignored) && ignored == "0\r\n\r\n";
        return;
      }
      const std::string piece = read_chunk();
      if (piece.empty()) return;
      answer.body += piece;
    }
  }

  bool fill(int wait_ms = 10'000, bool* closed = nullptr) {
    pollfd waiting = {socket_, POLLIN, 0};
    if (::poll(&waiting, 1, wait_ms) <= 0) return false;
    char bytes[16 << 10];
    const ssize_t count = ::recv(socket_, bytes, sizeof(bytes), 0);
    if (count <= 0) {
      if (closed != nullptr) *closed = true;
      return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  bool connected_ = false;
  std::string buffer_;
};

inline std::string get(std::string_view path, std::string_view more_headers = {}) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" +
         std::string(more_headers) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body,
                        std::string_view more_headers = {}) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(more_headers) + "\r\n" + std::string(body);
}

}  // namespace daifuku::http
