# The commands of the house; what they do stands in scripts/.
SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.PHONY: help demo test fast check web generate bench clean-data

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

demo: ## build and serve the demo city on http://127.0.0.1:8080 (PORT=… changes it)
	@scripts/demo

test: ## everything that continuous integration checks
	@scripts/test

fast: ## inner loop: tests of one crate, e.g. make fast P=tb-intake T=name
	@scripts/fast $(P) $(T)

check: ## format and lints of the Rust code
	@. scripts/env && cargo fmt --all --check && cargo clippy --workspace --all-targets --locked --quiet -- -D warnings

web: ## install the npm packages and build web/dist
	@scripts/setup demo
	@scripts/web

generate: ## write openapi/tongban.json and the TypeScript types made from it
	@scripts/setup demo
	@scripts/check-generated --write

bench: ## measure, and write docs/benchmarks.md
	@scripts/setup test
	@scripts/bench

clean-data: ## remove the demo city in ./data/demo
	rm -rf data/demo
