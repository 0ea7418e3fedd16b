// A Redis that keeps everything in memory: Argo CD's programs share manifests and trees of objects through one.
package main

import (
	"flag"
	"log"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	address := flag.String("address", "127.0.0.1:6379", "host and port to listen on")
	flag.Parse()
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(*address); err != nil {
		log.Fatal(err)
	}
	// Its clock stands still, and nothing would expire.
	for range time.Tick(time.Second) {
		server.FastForward(time.Second)
	}
}
