#include <node_api.h>
#include <string>

// Tells a depth in metres in fathoms, as text.
static napi_value Fathoms(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, result;
  double metres = 0;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  napi_get_value_double(env, argument, &metres);
  std::string text = std::to_string(metres / 1.8288) + " fathoms";
  napi_create_string_utf8(env, text.c_str(), text.size(), &result);
  return result;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "fathoms", NAPI_AUTO_LENGTH, Fathoms, nullptr, &function);
  return function;
}
