"""Slack's published limits of blocks and views; what breaks one is said as Slack says it."""

ACTION_TYPES = {
    "button", "static_select", "multi_static_select", "external_select", "users_select",
    "conversations_select", "channels_select", "overflow", "datepicker", "timepicker",
    "datetimepicker", "radio_buttons", "checkboxes", "workflow_button",
}  # fmt: skip
INPUT_TYPES = (ACTION_TYPES - {"button", "overflow", "workflow_button"}) | {
    "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input",
    "file_input",
}  # fmt: skip
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS = 40_000  # of a message's text


class _Check:
    """Collects complaints; ``at`` is the JSON pointer of what is looked at."""

    def __init__(self, surface):
        self.surface = surface
        self.complaints = []
        self.action_ids = set()
        self.block_ids = set()
        self.tables = 0
        self.markdown = 0

    def say(self, what, at):
        self.complaints.append(f"{what} [json-pointer:{at}]")

    def string(self, value, most, at, least=0):
        if not isinstance(value, str):
            self.say("must be a string", at)
        elif len(value) > most:
            self.say(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            self.say(f"must be more than {least - 1} characters", at)

    def maybe(self, holder, key, most, at):
        if holder.get(key) is not None:
            self.string(holder[key], most, f"{at}/{key}")

    def text(self, value, most, at, plain=False):
        if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
            self.say("must be a text object", at)
            return
        if plain and value["type"] != "plain_text":
            self.say("must be of type plain_text", f"{at}/type")
        self.string(value.get("text"), most, f"{at}/text", least=1)

    def items(self, value, most, at, least=1):
        if not isinstance(value, list):
            self.say("must be an array", at)
            return []
        if len(value) > most:
            self.say(f"no more than {most} items allowed", at)
        if len(value) < least:
            self.say(f"no fewer than {least} items allowed", at)
        return value

    def options(self, element, at, most):
        groups = element.get("option_groups")
        if groups is not None:
            for i, group in enumerate(self.items(groups, 100, f"{at}/option_groups")):
                self.text(group.get("label"), 75, f"{at}/option_groups/{i}/label", plain=True)
                self.options(group, f"{at}/option_groups/{i}", most)
            return
        for i, option in enumerate(self.items(element.get("options"), most, f"{at}/options")):
            self.text(option.get("text"), 75, f"{at}/options/{i}/text")
            self.string(option.get("value"), 150, f"{at}/options/{i}/value", least=1)
            if option.get("description") is not None:
                self.text(option["description"], 75, f"{at}/options/{i}/description")

    def confirm(self, dialog, at):
        self.text(dialog.get("title"), 100, f"{at}/title", plain=True)
        self.text(dialog.get("text"), 300, f"{at}/text")
        for key in ("confirm", "deny"):
            if dialog.get(key) is not None:
                self.text(dialog[key], 30, f"{at}/{key}", plain=True)

    def element(self, element, allowed, at):
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in allowed:
            self.say(f"unsupported type: {kind}", f"{at}/type")
            return
        if kind == "image":
            self.image(element, at)
            return
        if element.get("action_id") is not None:
            self.string(element["action_id"], 255, f"{at}/action_id", least=1)
            if element["action_id"] in self.action_ids:
                self.say(f"`action_id` {element['action_id']} already exists", f"{at}/action_id")
            self.action_ids.add(element["action_id"])
        if kind == "button":
            self.text(element.get("text"), 75, f"{at}/text", plain=True)
            self.maybe(element, "value", 2000, at)
            self.maybe(element, "url", 3000, at)
            self.maybe(element, "accessibility_label", 75, at)
            if element.get("style") not in (None, "primary", "danger"):
                self.say("must be primary or danger", f"{at}/style")
        elif kind in ("static_select", "multi_static_select"):
            self.options(element, at, 100)
        elif kind in ("radio_buttons", "checkboxes"):
            self.options(element, at, 10)
        elif kind == "overflow":
            self.options(element, at, 5)
        if element.get("placeholder") is not None:
            self.text(element["placeholder"], 150, f"{at}/placeholder", plain=True)
        if element.get("confirm") is not None:
            self.confirm(element["confirm"], f"{at}/confirm")

    def image(self, image, at):
        if not image.get("image_url") and not image.get("slack_file"):
            self.say("missing required field: image_url", at)
        self.maybe(image, "image_url", 3000, at)
        self.string(image.get("alt_text"), 2000, f"{at}/alt_text", least=1)

    def table(self, block, at):
        self.tables += 1
        if self.tables > 1:
            self.say("only_one_table_allowed", at)
        for i, row in enumerate(self.items(block.get("rows"), 100, f"{at}/rows")):
            for j, cell in enumerate(self.items(row, 20, f"{at}/rows/{i}")):
                kind = cell.get("type") if isinstance(cell, dict) else None
                if kind not in ("raw_text", "rich_text"):
                    self.say(f"unsupported type: {kind}", f"{at}/rows/{i}/{j}/type")
                elif kind == "raw_text":
                    self.string(cell.get("text"), 3000, f"{at}/rows/{i}/{j}/text", least=1)
        if block.get("column_settings") is not None:
            self.items(block["column_settings"], 20, f"{at}/column_settings", least=0)

    def section(self, block, at):
        if block.get("text") is None and not block.get("fields"):
            self.say("missing required field: text", at)
        if block.get("text") is not None:
            self.text(block["text"], 3000, f"{at}/text")
        if block.get("fields") is not None:
            for i, field in enumerate(self.items(block["fields"], 10, f"{at}/fields")):
                self.text(field, 2000, f"{at}/fields/{i}")
        if block.get("accessory") is not None:
            self.element(block["accessory"], ACTION_TYPES | {"image"}, f"{at}/accessory")

    def block(self, block, at):
        kind = block.get("type") if isinstance(block, dict) else None
        if block.get("block_id") is not None if isinstance(block, dict) else False:
            self.string(block["block_id"], 255, f"{at}/block_id", least=1)
            if block["block_id"] in self.block_ids:
                self.say(f"`block_id` {block['block_id']} already exists", f"{at}/block_id")
            self.block_ids.add(block["block_id"])
        if kind == "section":
            self.section(block, at)
        elif kind == "header":
            self.text(block.get("text"), 150, f"{at}/text", plain=True)
        elif kind == "actions":
            for i, element in enumerate(self.items(block.get("elements"), 25, f"{at}/elements")):
                self.element(element, ACTION_TYPES, f"{at}/elements/{i}")
        elif kind == "context":
            for i, element in enumerate(self.items(block.get("elements"), 10, f"{at}/elements")):
                if isinstance(element, dict) and element.get("type") == "image":
                    self.image(element, f"{at}/elements/{i}")
                else:
                    self.text(element, 3000, f"{at}/elements/{i}")
        elif kind == "input":
            self.text(block.get("label"), 2000, f"{at}/label", plain=True)
            if block.get("hint") is not None:
                self.text(block["hint"], 2000, f"{at}/hint", plain=True)
            self.element(block.get("element"), INPUT_TYPES, f"{at}/element")
        elif kind == "image":
            self.image(block, at)
            if block.get("title") is not None:
                self.text(block["title"], 2000, f"{at}/title", plain=True)
        elif kind == "table" and self.surface == "message":
            self.table(block, at)
        elif kind == "markdown" and self.surface == "message":
            self.string(block.get("text"), 12_000, f"{at}/text", least=1)
            self.markdown += len(block.get("text") or "")
            if self.markdown > 12_000:
                self.say("all markdown blocks together must be less than 12001 characters", at)
        elif kind == "rich_text":
            self.items(block.get("elements"), 1000, f"{at}/elements", least=0)
        elif kind not in ("divider", "file", "video"):
            self.say(f"unsupported type: {kind}", f"{at}/type")


def broken_blocks(blocks, surface="message", at="/blocks"):
    """What Slack would complain of; an empty list when the blocks are fine."""
    check = _Check(surface)
    for i, block in enumerate(check.items(blocks, MOST_BLOCKS[surface], at, least=0)):
        check.block(block, f"{at}/{i}")
    return check.complaints


def broken_view(view):
    """The same for a modal or a home tab."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["must be modal or home [json-pointer:/view/type]"]
    check = _Check(view["type"])
    if view["type"] == "modal":
        check.text(view.get("title"), 24, "/view/title", plain=True)
        for key in ("submit", "close"):
            if view.get(key) is not None:
                check.text(view[key], 24, f"/view/{key}", plain=True)
    check.maybe(view, "private_metadata", 3000, "/view")
    check.maybe(view, "callback_id", 255, "/view")
    check.maybe(view, "external_id", 255, "/view")
    blocks = view.get("blocks")
    inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks or ())
    if view["type"] == "modal" and inputs and view.get("submit") is None:
        check.say("missing required field: submit", "/view")
    return check.complaints + broken_blocks(blocks, view["type"], "/view/blocks")
