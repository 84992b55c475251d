"""What to say about a result besides its entries: where the place lies, and which condition stands in the way."""

from collections.abc import Sequence

from heard.content.schema import Hub
from heard.directory.search import Result
from heard.places import Places
from heard.wording import Wording


class Notes:
    """Remarks on results, the same in the chat and on the page."""

    def __init__(self, places: Places, wording: Wording, hub: Hub) -> None:
        self._places = places
        self._wording = wording
        self._hub = hub

    def on_the_place(self, result: Result, language: str) -> list[str]:
        """What to know about the place: unknown, another hub's, or at the edge of the county."""
        if result.unknown_place:
            return self._beyond(result.unknown_place, language)
        if result.outside and result.origin.found:
            found = result.origin.found[0]
            key = f"search.hub_of.{found.areas[0]}"
            hub = self._wording.say(key, language) if self._wording.has(key) else ""
            return [self._say("outside.other_hub", language, place=found.name, hub=hub)]
        one = result.origin.one
        if one is None:
            return []
        notes = [self._say("border", language, place=one.name, note=one.note)] if one.note else []
        door = self._places.next_door(one)
        if door is not None:
            there = self._wording.say(f"search.direction.{door.direction.replace('-', '_')}", language)
            values = {"town": door.name, "county": door.county, "miles": max(1, round(door.miles)), "direction": there}
            notes.append(self._say("next_door_one" if values["miles"] == 1 else "next_door", language, **values))
        return notes

    def way(self, dropped: Sequence[str], language: str) -> str:
        """Which conditions would have to go: "If it may cost money, and if the days can be different"."""
        first, *others = (self._say(f"dropped.{name}", language) for name in dropped)
        for other in others:
            first = self._say("dropped.also", language, first=first, last=other[:1].lower() + other[1:])
        return first

    def _beyond(self, place: str, language: str) -> list[str]:
        county = self._hub.county
        far = self._places.elsewhere(place)
        if far is None:
            return [self._say("outside.not_known", language, place=place, county=county)]
        key = "outside.city" if far.name == far.county else "outside.beyond"
        said = self._say(key, language, place=far.name, there=far.county, county=county)
        return [said, far.note] if far.note else [said]

    def _say(self, key: str, language: str, **values: object) -> str:
        return self._wording.say(f"search.{key}", language, **values)
