// A container registry that has no image: asked for one, it says "not found" at once instead of letting the asker wait for a network.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	address := "127.0.0.1:5000"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	http.HandleFunc("GET /v2/{$}", func(answer http.ResponseWriter, _ *http.Request) { speak(answer, http.StatusOK, "{}") })
	http.HandleFunc("/", func(answer http.ResponseWriter, request *http.Request) {
		speak(answer, http.StatusNotFound, `{"errors": [{"code": "MANIFEST_UNKNOWN", "message": "this cluster has no such image"}]}`)
	})
	log.Fatal(http.ListenAndServe(address, nil))
}

func speak(answer http.ResponseWriter, status int, body string) {
	answer.Header().Set("Content-Type", "application/json")
	answer.Header().Set("Docker-Distribution-Api-Version", "registry/2.0")
	answer.WriteHeader(status)
	fmt.Fprintln(answer, body)
}
