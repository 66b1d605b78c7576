// Included before better-sqlite3's sources when they are compiled for a runtime with Node-API 8.
//
// References to primitive values came with Node-API 10. better-sqlite3 keeps such references to strings, and
// to any value a caller gives it: here they are held inside a one-element array, which Node-API 8 can refer to.

#pragma once
#include <napi.h>

namespace comptoir {

inline Napi::Value box(const Napi::Value& value) {
  if (static_cast<napi_value>(value) == nullptr) return value;
  Napi::Array array = Napi::Array::New(value.Env(), 1);
  array.Set(static_cast<uint32_t>(0), value);
  return array;
}

template <typename T>
T unbox(napi_env env, napi_ref reference) {
  if (reference == nullptr) return T(env, nullptr);
  napi_value array = nullptr;
  napi_value value = nullptr;
  napi_get_reference_value(env, reference, &array);
  if (array != nullptr) napi_get_element(env, array, 0, &value);
  return T(env, value);
}

inline napi_ref keep(const Napi::Value& value, uint32_t count) {
  napi_ref reference = nullptr;
  if (static_cast<napi_value>(value) != nullptr) {
    napi_create_reference(value.Env(), box(value), count, &reference);
  }
  return reference;
}

}  // namespace comptoir

namespace Napi {

template <>
inline Reference<String> Reference<String>::New(const String& value, uint32_t count) {
  return Reference<String>(value.Env(), comptoir::keep(value, count));
}

template <>
inline String Reference<String>::Value() const {
  return comptoir::unbox<String>(_env, _ref);
}

template <>
inline void Reference<String>::Reset(const String& value, uint32_t count) {
  Reset();
  _env = value.Env();
  _ref = comptoir::keep(value, count);
}

template <>
inline Reference<Value> Reference<Value>::New(const Napi::Value& value, uint32_t count) {
  return Reference<Napi::Value>(value.Env(), comptoir::keep(value, count));
}

template <>
inline Napi::Value Reference<Value>::Value() const {
  return comptoir::unbox<Napi::Value>(_env, _ref);
}

template <>
inline void Reference<Value>::Reset(const Napi::Value& value, uint32_t count) {
  Reset();
  _env = value.Env();
  _ref = comptoir::keep(value, count);
}

}  // namespace Napi
