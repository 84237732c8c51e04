using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using static Lyra.Tests.Hostile.LibraryProbe;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Every intrinsic of the library: how it allocates memory and how it loops, or why it does neither. <see cref="LibraryCensusTests"/>
/// checks that none is missing.
/// </summary>
internal static class LibraryProbes
{
    private const string Few = "the result has a few elements here, and is that of a list otherwise";
    private const int N = ProbeInputs.Size;
    private const int Words = ProbeInputs.Words;
    private const string Number = "a number of numbers";
    private const string Element = "gives what is there already";
    private const string Flag = "gives a bool";
    private const string Nothing = "gives nil and keeps nothing";

    public static IEnumerable<LibraryProbe> All() =>
    [
        .. Builtins(), .. Lists(), .. Strs(), .. Tables(), .. Sequences(), .. Shared().Distinct(), .. Iterators(), .. Modules(),
        .. LaterModuleProbes.All(), .. Numbers(), .. Host(),
    ];

    private static string Cases(string form) => string.Join(", ", Enumerable.Range(0, 12)
        .Select(i => $"{string.Format(CultureInfo.InvariantCulture, form, i)} => {i}")) + ", _ => -1";

    private static string[] Names(string list) => list.Split(' ');

    private static IEnumerable<LibraryProbe> Builtins() =>
    [
        Reads("print", "print(text)", N), Reads("write", "write(ints)", N), Makes("input", "input()"), Fixed("length", "gives an int"),
        Makes("push", "push(xs, 1)"), Fixed("pop", Element), Makes("insert", "insert(xs, 1)"), Reads("insert", "insert(ints, 0, 1)", N),
        Reads("remove", "remove(ints, -1)", N), Reads("remove", "remove(strs, 1)", N), Makes("keys", "keys(names)", N),
        Makes("values", "values(names)", N),
        Makes("tostring", "tostring(ints)", N), Makes("tostring", "tostring(strs)", N), Makes("tostring", "tostring(big)", Words),
        Makes("toint", "toint(digits)", N), Makes("toint", "toint(digits, 8)", N), Fixed("round", Number),
        Reads("decimal", "decimal(\"0.\" + digits)", N),
        Reads("tofloat", "tofloat(digits)", N), Fixed("tobool", Flag), Fixed("type", "gives one of the type names"),
        Fixed("range", "holds three ints"),
        Makes("list", "list(ints)", N), Makes("list", "list(0..20000)", N), Makes("list", "list(count())", N),
        Makes("list", "list(text)", N), Makes("list", "list(fours)", N),
        Makes("tuple", "tuple(ints)", N), Makes("tuple", "tuple(strs)", N), Makes("set", "set(ints)", N),
        Makes("map", "map(enumerate(ints))", N), Makes("map", "map(names)", N),
        Makes("bytes", "bytes(20000)", N), Makes("bytes", "bytes(text)", N), Makes("bytes", "bytes([7] * 20000)", N),
        Makes("bytes", "bytes(buffer)", N),
        Fixed("ord", "gives an int"), Fixed("chr", "gives a str of at most two units"), Makes("abs", "abs(-big)", Words),
        Reads("min", "min(ints)", N), Reads("min", "min(strs)", N),
        Reads("min", "min(...ints)", N), Reads("max", "max(floats)", N), Reads("max", "max(fours)", N), Reads("sum", "sum(ints)", N),
        Reads("sum", "sum(floats)", N), Reads("sum", "sum(fours)", N),
        Makes("sorted", "sorted(falling)", N), Makes("sorted", "sorted(strs)", N), Makes("sorted", "sorted(ints, x => -x)", N),
        Makes("sorted", "sorted(numbers)", N), Makes("sorted", "sorted(ints, by: (a, b) => b - a)", N),
        Makes("reversed", "reversed(ints)", N), Makes("reversed", "reversed(strs)", N), Makes("enumerate", "enumerate(ints)", N),
        Makes("zip", "zip(ints, strs)", N), Makes("zip", "zip(ints, strs, floats)", N),
        Reads("any", "any(ints, x => false)", N), Reads("any", "any([nil] * 20000)", N), Reads("all", "all(ints)", N),
        Makes("error", "error(\"e\")"),
        Fixed("assert", Nothing), Fixed("exit", "ends the program"), Fixed("clock", Number), Reads("hash", "hash(fours)", N),
        Reads("hash", "hash(text + \"x\")", N),
        Fixed("next", Element), Fixed("done", Flag), Makes("sleep", "sleep(200000)"), Makes("gather", "gather(tasks)", 1_000),
        Makes("race", "race(tasks)", 1_000), Makes("chan", "chan(10)"),
    ];

    private static IEnumerable<LibraryProbe> Lists() =>
    [
        Reads("list.removeAt", "ints.removeAt(0)", N), Fixed("list.clear", "takes out what was put in one by one"),
        Makes("list.copy", "ints.copy()", N), Makes("list.copy", "strs.copy()", N),
        Reads("list.sort", "falling.sort()", N), Reads("list.sort", "strs.sort()", N), Reads("list.sort", "ints.sort(x => -x)", N),
        Reads("list.reverse", "ints.reverse()", N),
        Reads("list.index", "ints.index(-1)", N), Reads("list.index", "strs.index(\"-\")", N),
        Reads("list.contains", "floats.contains(0.0)", N), Reads("list.contains", "flags.contains(1)", N),
        Reads("list.count", "ints.count(-1)", N), Reads("list.count", "ones.count(1)", N), Reads("list.count", "strs.count(1)", N),
        Makes("list.slice", "ints.slice(1)", N), Makes("list.join", "strs.join(\", \")", N),
        Makes("list.extend", "xs.extend(ints)", N), Makes("list.extend", "xs.extend(count())", N), Fixed("list.first", Element),
        Fixed("list.last", Element), Reads("list.fill", "ints.fill(1)", N),
        Fixed("list.isEmpty", Flag), Makes("list.map", "ints.map(x => x + 1)", N), Makes("list.filter", "ints.filter(x => true)", N),
        Reads("list.reduce", "ints.reduce((a, b) => b)", N),
        Reads("list.each", "ints.each(x => nil)", N), Reads("list.find", "ints.find(x => false)", N),
        Reads("list.sort", "ints.sort(reverse: true)", N), Reads("list.sort", "ints.sort(by: (a, b) => b - a)", N),
        Reads("list.insertSorted", "ints.insertSorted(-1)", N), Fixed("list.binarySearch", "gives an int"), Fixed("list.swap", Nothing),
        Reads("list.removeAll", "ints.removeAll(x => false)", N), Makes("list.unique", "ints.unique()", N),
        Makes("list.groupBy", "ints.groupBy(x => x)", N), Makes("list.toMap", "ints.toMap(x => (x, x))", N),
        Makes("list.toSet", "ints.toSet()", N),
    ];

    private static IEnumerable<LibraryProbe> Strs() =>
    [
        Makes("str.split", "text.split()", N), Makes("str.split", "text.split(\",\")", N), Makes("str.split", "text.split(\"none\")", N),
        Makes("str.split", "blank.split()", N), Makes("str.join", "\", \".join(strs)", N),
        Makes("str.trim", "blank.trim()", N), Makes("str.trimStart", "blank.trimStart()", N), Makes("str.trimEnd", "blank.trimEnd()", N),
        Makes("str.upper", "text.upper()", N),
        Makes("str.lower", "text.lower()", N), Reads("str.startsWith", "text.startsWith(same)", N),
        Reads("str.endsWith", "text.endsWith(same)", N), Reads("str.contains", "text.contains(\"none\")", N),
        Reads("str.find", "text.find(\"none\")", N), Reads("str.index", "text.index(\"none\")", N),
        Makes("str.replace", "text.replace(\"a\", \"aaa\")", N), Makes("str.replace", "text.replace(\"none\", \"\") + \"x\"", N),
        Makes("str.repeat", "text.repeat(2)", N), Makes("str.padStart", "text.padStart(40000, \"xy\")", N),
        Makes("str.padEnd", "\"\".padEnd(20000)", N), Makes("str.lines", "text.lines()", N),
        Makes("str.chars", "text.chars()", N), Makes("str.codes", "text.codes()", N), Makes("str.reverse", "text.reverse()", N),
        Makes("str.format", "text.format()", N), Makes("str.format", "\"{}{}\".format(text, ints)", N),
        Makes("str.format", "\"{0,20000}\".format(1)", N), Makes("str.format", "\"{0:F9999}\".format(0.1)", 9_999),
        Reads("str.isDigit", "digits.isDigit()", N), Reads("str.isAlpha", "blank.trim().isAlpha()", N),
        Reads("str.isSpace", "(\" \" * 20000).isSpace()", N), Reads("str.isUpper", "digits.isUpper()", N),
        Reads("str.isLower", "digits.isLower()", N), Makes("str.title", "text.title()", N), Makes("str.capitalize", "text.capitalize()", N),
        Makes("str.removePrefix", "text.removePrefix(text[0])", N), Makes("str.removeSuffix", "(text + \"x\").removeSuffix(\"x\")", N),
        Makes("str.codePoints", "text.codePoints()", N), Reads("str.compare", "text.compare(same)", N),
        Reads("str.lastIndexOf", "text.lastIndexOf(\"none\")", N), Reads("str.indexOf", "text.indexOf(\"none\")", N),
        Makes("str.words", "text.words()", N), Makes("str.partition", "(text + \"=x\").partition(\"=\")", N),
        Makes("str.trim", "blank.trim(\" \")", N),
        Fixed("str.isEmpty", Flag), Makes("str.slice", "text.slice(1)", N), Reads("str.count", "text.count(\"a\")", N),
    ];

    private static IEnumerable<LibraryProbe> Tables() =>
    [
        Reads("map.get", "names.get(text + \"x\")", N, Element), Makes("map.items", "names.items()", N),
        Reads("map.has", "names.has(fives)", N), Fixed("map.clear", "takes out what was put in one by one"),
        Makes("map.copy", "names.copy()", N), Makes("map.update", "updated(names)", N), Makes("map.merge", "names.merge(others)", N),
        Fixed("map.isEmpty", Flag), Makes("map.map", "names.map(k => k)", N), Makes("map.filter", "names.filter(k => true)", N),
        Reads("map.find", "names.find(k => false)", N), Reads("map.count", "names.count(k => false)", N),
        Reads("map.any", "names.any(k => false)", N), Reads("map.all", "names.all(k => true)", N),
        Makes("map.groupBy", "names.groupBy(k => k)", N), Makes("map.sortedBy", "names.sortedBy((k, v) => -v)", N),
        Makes("map.mapValues", "names.mapValues(v => v)", N), Makes("map.mapKeys", "names.mapKeys(k => k)", N),
        Makes("map.invert", "names.invert()", N), Fixed("map.setDefault", "adds one entry, as an assignment does"),
        Fixed("map.getOrAdd", "adds one entry, as an assignment does"), Fixed("map.pop", Element),
        Makes("set.add", "grown.add(i)"), Fixed("set.has", "looks one key up, whose hash is computed as hash does"),
        Makes("set.union", "numbers.union(ints)", N), Makes("set.intersect", "numbers.intersect(ints)", N),
        Makes("set.difference", "numbers.difference([])", N), Reads("set.isSubset", "numbers.isSubset(numbers)", N),
        Makes("set.copy", "numbers.copy()", N), Fixed("set.clear", "takes out what was put in one by one"),
        Fixed("set.isEmpty", Flag),
    ];

    private static IEnumerable<LibraryProbe> Sequences() =>
    [
        Reads("tuple.index", "fives.index(5)", N), Reads("tuple.contains", "fours.contains(5)", N),
        Reads("tuple.count", "fours.count(4)", N), Makes("tuple.slice", "fours.slice(1)", N), Fixed("tuple.isEmpty", Flag),
        Fixed("range.step", "holds three ints"), Fixed("range.reversed", "holds three ints"),
        Fixed("range.contains", Flag), Fixed("range.isEmpty", Flag), Makes("bytes.copy", "buffer.copy()", N),
        Reads("bytes.fill", "buffer.fill(1)", N), Reads("bytes.index", "buffer.index(7)", N),
        Reads("bytes.contains", "buffer.contains(7)", N), Makes("bytes.slice", "buffer.slice(1)", N),
        Makes("bytes.text", "buffer.text()", N), Fixed("bytes.isEmpty", Flag),
        Fixed("iterator.close", "runs the finally blocks of one generator"), Fixed("task.cancel", Nothing),
        Fixed("enum.parse", "looks a name up"), Fixed("enum.nameOf", "reads a field"), Fixed("enum.ordinalOf", "reads a field"),
        Makes("channel.send", "channel.send(1)"), Makes("channel.recv", "chan(0).recv()"), Fixed("channel.close", Nothing),
    ];

    /// <summary>The methods that all sequences share, of each kind.</summary>
    private static IEnumerable<LibraryProbe> Shared()
    {
        foreach (string kind in Names("list tuple str range bytes set"))
        {
            string xs = kind switch
            {
                "list" => "ints",
                "tuple" => "fours",
                "str" => "text",
                "range" => "(0..20000)",
                "bytes" => "buffer",
                _ => "numbers",
            };
            foreach (string name in Names("map filter flatMap partition takeWhile"))
            {
                string body = name == "flatMap" ? "[x]" : "true";
                yield return name == "partition" && kind == "str"
                    ? Makes("str.partition", "text.partition(c => true)", N)
                    : Makes($"{kind}.{name}", $"{xs}.{name}(x => {body})", N);
            }

            foreach (string name in Names("each find findIndex count index first last min max sum"))
            {
                string body = Names("min max sum").Contains(name) ? "1" : "false";
                bool isOfText = kind == "str" && name is "find" or "index";
                yield return isOfText
                    ? Reads($"str.{name}", $"text.{name}(\"none\")", N)
                    : Reads($"{kind}.{name}", $"{xs}.{name}(x => {body})", N);
            }

            yield return Reads($"{kind}.reduce", $"{xs}.reduce((a, b) => b)", N);
            yield return kind == "str" ? Reads("str.indexOf", "text.indexOf(\"none\")", N)
                : Reads($"{kind}.indexOf", $"{xs}.indexOf(x => false)", N);
            yield return Makes($"{kind}.skipWhile", $"{xs}.skipWhile(x => false)", N);
            yield return Makes($"{kind}.chunk", $"{xs}.chunk(2)", N / 2);
            yield return Makes($"{kind}.window", $"{xs}.window(2)", N);
            foreach (string name in Names("take skip takeLast skipLast"))
            {
                int n = name.StartsWith("take") ? N : 0;
                yield return kind == "range" ? Fixed($"range.{name}", "holds three ints") : Makes($"{kind}.{name}", $"{xs}.{name}({n})", N);
            }

            yield return Reads($"{kind}.unique", $"{xs}.unique(x => 1)", N, Few);
            yield return Reads($"{kind}.groupBy", $"{xs}.groupBy(x => 1)", N, Few);
            yield return Reads($"{kind}.toMap", $"{xs}.toMap(x => (1, x))", N, Few);
            yield return Reads($"{kind}.toSet", $"{xs}.toSet()", N, Few);
            yield return kind switch
            {
                "str" => Makes("str.join", "\", \".join(strs)", N),
                "range" or "bytes" => Fixed($"{kind}.join", "refuses ints"),
                _ => Makes($"{kind}.join", $"{kind}(strs).join(\",\")", N),
            };
        }
    }

    private static IEnumerable<LibraryProbe> Iterators()
    {
        const string Xs = "(x for x in ints)";
        foreach (string name in Names("map filter flatMap takeWhile"))
        {
            yield return Makes($"iterator.{name}", $"{Xs}.{name}(x => {(name == "flatMap" ? "[x]" : "true")}).toList()", N);
        }

        foreach (string name in Names("each find findIndex count index indexOf first last"))
        {
            yield return Reads($"iterator.{name}", $"{Xs}.{name}(x => false)", N, Few);
        }

        foreach (string name in Names("min max sum"))
        {
            yield return Reads($"iterator.{name}", $"{Xs}.{name}(x => 1)", N, Few);
        }

        foreach (string name in Names("groupBy unique"))
        {
            yield return Reads($"iterator.{name}", $"{Xs}.{name}(x => 1)", N, Few);
        }

        yield return Makes("iterator.skipWhile", $"{Xs}.skipWhile(x => false).toList()", N);
        yield return Makes("iterator.chunk", $"{Xs}.chunk(2).toList()", N / 2);
        yield return Makes("iterator.window", $"{Xs}.window(2).toList()", N);
        yield return Makes("iterator.enumerate", $"{Xs}.enumerate().toList()", N);
        yield return Makes("iterator.zip", $"{Xs}.zip(ints).toList()", N);
        yield return Makes("iterator.take", $"{Xs}.take({N}).toList()", N);
        yield return Makes("iterator.skip", $"{Xs}.skip(0).toList()", N);
        yield return Makes("iterator.takeLast", $"{Xs}.takeLast({N})", N);
        yield return Makes("iterator.skipLast", $"{Xs}.skipLast(0)", N);
        yield return Makes("iterator.toList", $"{Xs}.toList()", N);
        yield return Makes("iterator.partition", $"{Xs}.partition(x => true)", N);
        yield return Reads("iterator.reduce", $"{Xs}.reduce((a, b) => b)", N, Few);
        yield return Reads("iterator.toMap", $"{Xs}.toMap(x => (1, x))", N, Few);
        yield return Makes("iterator.toSet", $"{Xs}.toSet()", N);
        yield return Makes("iterator.join", "(x for x in strs).join(\",\")", N);
    }

    private static IEnumerable<LibraryProbe> Modules() =>
    [
        Makes("json.parse", "json.parse(document)", N), Makes("json.parse", "json.parse(document, as: [int])", 2 * N),
        Reads("json.parse", "json.parse(\" \" * 20000 + \"[]\")", N,
            "blanks are kept by no one"), Makes("json.parse", "json.parse(\"\\\"\" + text.replace(\"\\n\", \" \") + \"\\\"\")", N),
        Makes("json.stringify", "json.stringify(ints)", N), Makes("json.stringify", "json.stringify(names, 2)", N),
        Makes("json.stringify", "json.stringify(text)", N),
        Reads("random.seed", "random.seed(big)", Words), Makes("random.int", "random.int(0, big)", Words), Fixed("random.float", Number),
        Fixed("random.choice", Element), Reads("random.shuffle", "random.shuffle(ints)", N),
        Fixed("time.now", Number), Fixed("time.monotonic", Number), Makes("time.iso", "time.iso(0)"),
        Reads("regex.test", "regex.test(\"none\", text)", N), Makes("regex.match", "regex.match(r\"(?s).*\", text)", N),
        Makes("regex.find", "regex.find(r\"(?s)(.*)\", text)", N), Makes("regex.findAll", "regex.findAll(\"a\", text)", N),
        Makes("regex.findAll", "regex.findAll(\"\", text)", N), Makes("regex.replace", "regex.replace(\"a\", text, \"aaa\")", N),
        Reads("regex.replace", "regex.replace(\"a\", text, m => \"aaa\")", N / 8, "as with a str; the maps for the proc are garbage"),
        Makes("regex.split", "regex.split(\",\", text)", N),
        Makes("regex.escape", "regex.escape(text)", N),
        .. Names("add sub mul min max lt le eq").Select(name => Makes($"simd.{name}", $"simd.{name}(ints, twins)", N)),
        Makes("simd.div", "simd.div(ints, ones)", N), Makes("simd.mul", "simd.mul([2 ** 62] * 20000, ints)", N),
        Makes("simd.add", "simd.add(floats, floats)", N), Makes("simd.select", "simd.select(flags, ints, twins)", N),
        .. Names("add sub mul min max lt le eq").Select(name => Makes($"simd.{name}To", $"simd.{name}To(xs, ints, twins)", N)),
        Makes("simd.divTo", "simd.divTo(xs, ints, ones)", N), Makes("simd.selectTo", "simd.selectTo(xs, flags, ints, twins)", N),
        Reads("simd.sum", "simd.sum(ints)", N), Reads("simd.dot", "simd.dot(ints, twins)", N),
        Reads("simd.dot", "simd.dot(floats, floats)", N),
        Makes("task.sleep", "task.sleep(200000)"), Makes("task.gather", "task.gather(tasks)", 1_000),
        Makes("task.race", "task.race(tasks)", 1_000), Makes("task.chan", "task.chan(10)"),
        Fixed("jit.on", Nothing), Fixed("jit.off", Nothing), Makes("jit.stats", "jit.stats()"), Makes("jit.status", "jit.status()"),
        Makes("vm.stats", "vm.stats()"), Makes("vm.stack", "vm.stack()"), Makes("vm.cache", "vm.cache()"), Makes("vm.slabs", "vm.slabs()"),
        Fixed("vm.reset", Nothing), Fixed("vm.resetCounters", Nothing),
    ];

    private static IEnumerable<LibraryProbe> Numbers() =>
    [
        .. Names("sqrt cbrt sin cos tan asin acos atan atan2 exp pow hypot sign degrees radians isNan isInf clamp")
            .Select(name => Fixed($"math.{name}", Number)),
        .. Names("floor ceil round trunc").Select(name => Fixed($"math.{name}", "an int of at most 1,024 bits, or the one that was given")),
        .. Names("log log2 log10").Select(name => Reads($"math.{name}", $"math.{name}(big)", Words)),
        Makes("math.gcd", "math.gcd(big, big * 3)", Words), Makes("math.lcm", "math.lcm(big, 7)", Words),
        Makes("math.idiv", "math.idiv(big, 7)", Words), Makes("math.mod", "math.mod(-big, near * near)", Words),
        Reads("math.isqrt", "math.isqrt(big)", Words, "gives an int half as long as the one that it divides"),
        .. Names("popcount clz ctz").Select(name => Fixed($"bits.{name}", Number)),
        .. Names("add sub mul shl shr rotl rotr")
            .SelectMany(name => Names("32 u32 u64"), (name, width) => Fixed($"bits.{name}{width}", Number)),
    ];

    private static IEnumerable<LibraryProbe> Host() =>
    [
        Makes("io.readText", "io.readText(\"long.txt\")", N), Makes("io.readLines", "io.readLines(\"long.txt\")", N),
        Reads("io.writeText", "io.writeText(\"new.txt\", text)", N), Reads("io.appendText", "io.appendText(\"new.txt\", text)", N),
        Fixed("io.exists", Flag), Makes("io.listDir", "io.listDir()"), Fixed("io.makeDir", Nothing), Fixed("io.remove", Flag),
        Makes("os.args", "os.args()"), Makes("os.env", "os.env()"),
    ];

    /// <summary>Operators and statements that allocate or traverse values.</summary>
    public static IEnumerable<LibraryProbe> Operators() =>
    [
        Makes("str + str", "text + text", N), Makes("list + list", "ints + ints", N), Makes("tuple + tuple", "fours + fours", N),
        Makes("str * int", "text * 2", N), Makes("list * int", "strs * 2", N),
        Makes("interpolation", "\"${text}${ints}\"", N), Makes("str[..]", "text[1..]", N), Makes("list[..]", "strs[1..]", N),
        Makes("tuple[..]", "fours[1..]", N), Makes("bytes[..]", "buffer[1..]", N),
        Makes("list literal", "[i, i, i]"), Makes("map literal", "{i: i}"), Makes("tuple literal", "(i, i)"), Makes("lambda", "() => i"),
        Makes("struct", "Point(i, i)"), Makes("generator", "count()"), Makes("async call", "later()"),
        Makes("spread", "[].push(...ints[0..1])"), Makes("int + int", "big + 1", Words), Makes("int - int", "big - near", Words),
        Makes("-int", "-big", Words), Makes("~int", "~big", Words), Makes("int * int", "big * near", Words),
        Makes("int / int", "big / 7", Words), Makes("int % int", "big % (near * near)", Words), Makes("int ** int", "7 ** 30000", 1_300),
        Makes("int << int", "big << 1", Words), Makes("int >> int", "big >> 1", Words),
        Makes("int & int", "big & near", Words), Makes("int | int", "big | near", Words), Makes("int ^ int", "big ^ near", Words),
        Reads("int == int", "big == again", Words), Reads("int < int", "big < again", Words), Reads("int is int", "big is again", Words),
        Reads("max of ints", "max(big, again)", Words),
        Reads("str == str", "text == same", N), Reads("str != str", "text != same", N), Reads("str is str", "text is same", N),
        Reads("map[str]", "byText[same]", N), Reads("in map", "same in byText", N),
        Reads("map[str] =", "if true { byText[same] = i }", N), Reads("map.get of a str", "byText.get(same, 0)", N),
        Reads("switch on a str", $"match text {{ {Cases("\"k{0}\"")} }}", N),
        Reads("switch on an int", $"match big {{ {Cases("{0}")} }}", Words),
        Reads("str < str", "text < same", N), Reads("list == list", "ints == twins", N), Reads("list == list of floats",
            "floats == floats.copy()", N), Reads("list < list", "ints < twins", N), Reads("tuple == tuple", "fours == fives", N),
        Reads("map == map", "names == others.merge(names)", N), Reads("set == set", "numbers == numbers.copy()", N),
        Reads("bytes == bytes", "buffer == bytes(20000)", N), Reads("in list", "-1 in ints", N), Reads("in tuple", "5 in fours", N),
        Reads("in str", "\"none\" in text", N),
        Reads("for", "if true { for x in strs { } }", N), Reads("match list", "match ints { [...rest] => 1, _ => 2 }", N),
    ];
}
