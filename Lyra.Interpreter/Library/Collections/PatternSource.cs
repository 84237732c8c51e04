namespace Lyra.Interpreter.Library.Collections;

/// <summary>The structs of module <c>regex</c>: a compiled pattern, whose methods are the procs of the module, and a match.</summary>
internal static class PatternSource
{
    public const string Text =
        """
        struct regexMatch {
            text: str
            start: int
            end: int
            groups: list
            names: map

            proc __index(self, k) {
                if k is int {
                    if k == 0 { return self.text }
                    if not (k > 0 and k <= length(self.groups)) { prelude.checkIndex(k, length(self.groups) + 1, "match") }
                    return self.groups[k - 1]
                }
                if k == "text" { return self.text }
                if k == "start" { return self.start }
                if k == "end" { return self.end }
                if k == "groups" { return self.groups }
                if k == "names" { return self.names }
                return self.names[k]
            }
        }

        proc asMatch(m) {
            if m is nil { return nil }
            let (text, start, end, groups, names) = m
            return regexMatch(text, start, end, groups, names)
        }

        struct regex {
            pattern: str
            flags: str
            _source: str

            proc test(self, text) { return prelude.regexTest(self._source, text) }

            proc match(self, text) { return asMatch(prelude.regexMatch(self._source, text)) }

            proc find(self, text) { return asMatch(prelude.regexFind(self._source, text)) }

            proc findAll(self, text) {
                let found = []
                for m in prelude.regexFindAll(self._source, text) { found.push(asMatch(m)) }
                return found
            }

            proc replace(self, text, replacement) {
                if replacement is str { return prelude.regexReplace(self._source, text, replacement) }
                prelude.isGiven(replacement, "regex.replace", "replacement")
                return prelude.regexReplace(self._source, text, m => replacement(asMatch(m)))
            }

            proc split(self, text) { return prelude.regexSplit(self._source, text) }

            proc __eq(self, other) { return other is regex and self._source == other._source }

            proc __hash(self) { return hash(self._source) }

            proc __str(self) {
                let arguments = "${if self.flags == "" { [self.pattern] } else { [self.pattern, self.flags] }}"
                return "regex.compile(${arguments[1..length(arguments) - 1]})"
            }
        }

        proc makeRegex(pattern, flags) {
            let source = prelude.regexSource(pattern, flags ?? "")
            return regex(pattern, flags ?? "", source)
        }

        """;
}
