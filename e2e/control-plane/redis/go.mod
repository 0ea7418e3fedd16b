module tenantry.dev/e2e/control-plane/redis

go 1.26.0

tool tenantry.dev/e2e/control-plane/redis

require github.com/alicebob/miniredis/v2 v2.38.0

require github.com/yuin/gopher-lua v1.1.1 // indirect
