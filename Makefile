# Any Python 3.8+ with pip; everything else is brought by `make setup`, which the others call.
PYTHON ?= python3
PORT ?=
URL ?=
export PORT DATA_DIR

DESK = frontdesk/.venv/bin/python

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

run: ## set up, train if need be, and start the assistant at http://127.0.0.1:8080/
	@$(PYTHON) -m tools.run

reload: ## take over an edit, a new model or WORKERS=n while the assistant goes on answering
	@$(PYTHON) -m tools.reload

setup: ## uv, both Python environments, the page
	@$(PYTHON) -m tools.setup

train: ## a model for the present data and configuration
	@$(PYTHON) -m tools.train

chat: ## talk in the terminal to the running assistant
	@$(DESK) -m tools.chat $(URL)

desk-user: ## an account at the desk and its set-up link: NAME=anna [ROLE=manager] [RESET=1]
	@NAME="$(if $(findstring command,$(origin NAME)),$(NAME))" ROLE="$(ROLE)" RESET="$(RESET)" $(PYTHON) -m tools.desk_user

replay: ## play conversations: IN=conversations.jsonl OUT=replies.jsonl [URL=…]
	@$(DESK) -m tools.replay "$(IN)" "$(OUT)" $(if $(URL),--url "$(URL)")

test: ## all tests, browser included
	@$(PYTHON) -m tools.test

eval: ## score the running assistant on held-apart messages: [URL=…] [SHOW=1] [SAVE=1]
	@$(DESK) -m tools.evaluate $(if $(URL),--url $(URL)) $(if $(SHOW),--show) $(if $(SAVE),--save)

bench: ## speed beside stock Rasa, training time, start, memory: [QUICK=1]
	@QUICK=$(QUICK) $(PYTHON) -m tools.bench

mutants: ## break the rules of irs/ on purpose and count what its tests notice (about an hour)
	@$(PYTHON) -m tools.mutation

lint: ## style, types, import rules, data
	@$(PYTHON) -m tools.lint

clean: ## remove environments, models, builds (never DATA_DIR)
	@rm -rf .venv frontdesk/.venv .tools .rasa web/node_modules web/dist results models/cp503-* models/.training-*
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

.DEFAULT_GOAL := help
.PHONY: help run reload setup train chat desk-user replay test eval bench mutants lint clean
