// The labs' web program: a page with its own name and the name of its host, ready late or failing when asked to.
//
// Every setting is an environment variable and a flag of the same name in lower case:
//
//	NAME         the application's name                      (webapp)
//	PAGE         the page's text                             ("Welcome to NAME")
//	PORT         the port it listens on                      (8080)
//	READY_AFTER  how long /readyz answers 503, as "20s"      (0s)
//	FAIL_AFTER   after how long /healthz answers 503         (never)
//	EXIT_AFTER   after how long it ends with exit code 1     (never)
//
// POST /fail and POST /recover switch /healthz and /readyz while it runs. SIGTERM ends it at once.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

type settings struct {
	name, page, port                 string
	readyAfter, failAfter, exitAfter time.Duration
}

type server struct {
	settings
	host    string
	started time.Time
	failing atomic.Bool
}

func main() {
	web := &server{settings: read(), started: time.Now()}
	web.host, _ = os.Hostname()
	go end(web.exitAfter)
	log.SetFlags(log.LstdFlags | log.LUTC)
	log.Printf("%s on %s listens on port %s", web.name, web.host, web.port)
	log.Fatal(http.ListenAndServe(":"+web.port, logged(web.routes())))
}

func read() (s settings) {
	flag.StringVar(&s.name, "name", cmp.Or(os.Getenv("NAME"), "webapp"), "the application's name")
	flag.StringVar(&s.page, "page", os.Getenv("PAGE"), "the page's text")
	flag.StringVar(&s.port, "port", cmp.Or(os.Getenv("PORT"), "8080"), "the port to listen on")
	flag.DurationVar(&s.readyAfter, "ready_after", duration("READY_AFTER"), "how long /readyz answers 503")
	flag.DurationVar(&s.failAfter, "fail_after", duration("FAIL_AFTER"), "after how long /healthz answers 503 (0: never)")
	flag.DurationVar(&s.exitAfter, "exit_after", duration("EXIT_AFTER"), "after how long to end with exit code 1 (0: never)")
	flag.Parse()
	s.page = cmp.Or(s.page, "Welcome to "+s.name)
	return s
}

func duration(variable string) time.Duration {
	text := os.Getenv(variable)
	if text == "" {
		return 0
	}
	value, err := time.ParseDuration(text)
	if err != nil {
		log.Fatalf("%s=%q is no duration such as 20s", variable, text)
	}
	return value
}

func (web *server) routes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("/", web.greet)
	routes.HandleFunc("GET /healthz", web.answer(web.healthy))
	routes.HandleFunc("GET /readyz", web.answer(func() bool { return web.healthy() && time.Since(web.started) >= web.readyAfter }))
	routes.HandleFunc("POST /fail", web.turn(true))
	routes.HandleFunc("POST /recover", web.turn(false))
	return routes
}

func (web *server) greet(answer http.ResponseWriter, request *http.Request) {
	answer.Header().Set("Content-Type", "text/html; charset=utf-8")
	answer.Header().Set("X-Served-By", web.host)
	fmt.Fprintf(answer, "<!DOCTYPE html>\n<title>%s</title>\n<h1>%s</h1>\n<p>Container hostname: %s</p>\n<p>Path: %s</p>\n",
		web.name, web.page, web.host, escaped(request.URL.Path))
}

func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

func (web *server) healthy() bool {
	return !web.failing.Load() && (web.failAfter == 0 || time.Since(web.started) < web.failAfter)
}

func (web *server) answer(good func() bool) http.HandlerFunc {
	return func(answer http.ResponseWriter, _ *http.Request) {
		if !good() {
			http.Error(answer, "not well", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(answer, "ok")
	}
}

func (web *server) turn(failing bool) http.HandlerFunc {
	return func(answer http.ResponseWriter, _ *http.Request) {
		web.failing.Store(failing)
		fmt.Fprintln(answer, "ok")
	}
}

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		fmt.Printf("%s - %s %s\n", request.RemoteAddr, request.Method, request.URL.Path)
		next.ServeHTTP(answer, request)
	})
}

// end waits for SIGTERM or SIGINT, which the first process of a container must handle itself, or for the time to fail.
func end(after time.Duration) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	var over <-chan time.Time
	if after > 0 {
		over = time.After(after)
	}
	select {
	case <-signals:
		os.Exit(0)
	case <-over:
		log.Fatal("EXIT_AFTER is over")
	}
}
