using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis;
using Lyra.Runtime.Library;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.Analysis;

/// <summary>The listed results of the library are those of the library.</summary>
public sealed class LibraryResultsTests
{
    private const string Receivers =
        "import math\nimport json\nimport random\nimport time\nimport regex\nimport os\nrandom.seed(1)\n";

    /// <summary>Calls of listed rows, with the arguments that they need.</summary>
    private static readonly Dictionary<string, string> Calls = new()
    {
        ["length"] = "length([1])",
        ["toint"] = "toint(\"1\")",
        ["ord"] = "ord(\"a\")",
        ["clock"] = "clock()",
        ["tostring"] = "tostring(1)",
        ["chr"] = "chr(65)",
        ["type"] = "type(1)",
        ["tobool"] = "tobool(1)",
        ["any"] = "any([1])",
        ["all"] = "all([1], x => x)",
        ["keys"] = "keys({})",
        ["values"] = "values({})",
        ["list"] = "list()",
        ["enumerate"] = "enumerate(\"ab\")",
        ["zip"] = "zip([1], [2])",
        ["reversed"] = "reversed([1])",
        ["sorted"] = "sorted([2, 1])",
        ["set"] = "set()",
        ["tuple"] = "tuple([1])",
        ["range"] = "range(3)",
        ["bytes"] = "bytes(2)",
        ["error"] = "error(\"m\")",
        ["print"] = "print()",
        ["write"] = "write(\"\")",
        ["push"] = "push([], 1)",
        ["insert"] = "insert([], 1)",
        ["str.join"] = "\",\".join([\"a\"])",
        ["str.trim"] = "\" a\".trim()",
        ["str.upper"] = "\"a\".upper()",
        ["str.replace"] = "\"a\".replace(\"a\", \"b\")",
        ["str.repeat"] = "\"a\".repeat(2)",
        ["str.padStart"] = "\"a\".padStart(3)",
        ["str.format"] = "\"{}\".format(1)",
        ["str.slice"] = "\"abc\".slice(1)",
        ["str.removePrefix"] = "\"ab\".removePrefix(\"a\")",
        ["str.startsWith"] = "\"a\".startsWith(\"a\")",
        ["str.contains"] = "\"a\".contains(\"a\")",
        ["str.isDigit"] = "\"1\".isDigit()",
        ["str.compare"] = "\"a\".compare(\"b\")",
        ["str.lastIndexOf"] = "\"a\".lastIndexOf(\"a\")",
        ["str.split"] = "\"a b\".split()",
        ["str.lines"] = "\"a\".lines()",
        ["str.chars"] = "\"a\".chars()",
        ["str.words"] = "\"a b\".words()",
        ["str.codes"] = "\"a\".codes()",
        ["str.codePoints"] = "\"a\".codePoints()",
        ["list.clear"] = "[1].clear()",
        ["list.sort"] = "[1].sort()",
        ["list.reverse"] = "[1].reverse()",
        ["list.extend"] = "[1].extend([2])",
        ["list.fill"] = "[1].fill(2)",
        ["list.insertSorted"] = "[1].insertSorted(2)",
        ["list.swap"] = "[1, 2].swap(0, 1)",
        ["list.contains"] = "[1].contains(1)",
        ["list.isEmpty"] = "[1].isEmpty()",
        ["list.copy"] = "[1].copy()",
        ["list.slice"] = "[1].slice(0)",
        ["list.map"] = "[1].map(x => x)",
        ["list.filter"] = "[1].filter(x => x)",
        ["list.flatMap"] = "[1].flatMap(x => [x])",
        ["list.unique"] = "[1].unique()",
        ["list.chunk"] = "[1].chunk(1)",
        ["list.window"] = "[1].window(1)",
        ["list.take"] = "[1].take(1)",
        ["list.skip"] = "[1].skip(1)",
        ["list.join"] = "[\"a\"].join()",
        ["list.binarySearch"] = "[1].binarySearch(1)",
        ["list.removeAll"] = "[1].removeAll(x => true)",
        ["map.items"] = "{}.items()",
        ["map.has"] = "{}.has(1)",
        ["map.isEmpty"] = "{}.isEmpty()",
        ["map.any"] = "{}.any()",
        ["map.all"] = "{}.all(k => k)",
        ["map.copy"] = "{}.copy()",
        ["map.merge"] = "{}.merge({})",
        ["map.filter"] = "{1: 2}.filter(k => k)",
        ["map.sortedBy"] = "{1: 2}.sortedBy(k => k)",
        ["map.mapValues"] = "{1: 2}.mapValues(v => v)",
        ["map.mapKeys"] = "{1: 2}.mapKeys(k => k)",
        ["map.invert"] = "{1: 2}.invert()",
        ["map.groupBy"] = "{1: 2}.groupBy(k => k)",
        ["map.clear"] = "{}.clear()",
        ["map.update"] = "{}.update({})",
        ["set.add"] = "set().add(1)",
        ["set.isSubset"] = "set().isSubset(set())",
        ["set.union"] = "set().union(set())",
        ["bytes.text"] = "bytes(1).text()",
        ["bytes.copy"] = "bytes(1).copy()",
        ["math.sqrt"] = "math.sqrt(4)",
        ["math.pow"] = "math.pow(2, 2)",
        ["math.log"] = "math.log(2)",
        ["math.floor"] = "math.floor(1.5)",
        ["math.gcd"] = "math.gcd(4, 2)",
        ["math.isNan"] = "math.isNan(1.0)",
        ["json.stringify"] = "json.stringify([1])",
        ["random.int"] = "random.int(1, 2)",
        ["random.float"] = "random.float()",
        ["time.now"] = "time.now()",
        ["regex.test"] = "regex.test(\"a\", \"a\")",
        ["regex.split"] = "regex.split(\",\", \"a\")",
        ["regex.findAll"] = "regex.findAll(\"a\", \"a\")",
        ["regex.escape"] = "regex.escape(\"a\")",
        ["os.args"] = "os.args()",
    };

    public static TheoryData<string> Called() => [.. Calls.Keys];

    [Fact]
    public void Every_listed_row_is_in_the_library()
    {
        foreach (string name in LibraryResults.All.Keys)
        {
            int dot = name.IndexOf('.');
            bool isMethod = dot >= 0 && LibraryTable.KindsWithMethods.Any(kind =>
                KindName(kind) == name[..dot] && LibraryTable.FindMethod(kind, name[(dot + 1)..]) is not null);
            (isMethod || LibraryTable.FindQualified(name) is not null).ShouldBeTrue(name);
        }
    }

    [Theory]
    [MemberData(nameof(Called))]
    public void The_result_has_the_listed_type(string name)
    {
        LyraOptions options = new()
        {
            Output = System.IO.TextWriter.Null,
            Capabilities = LyraCapabilities.Console | LyraCapabilities.Clock | LyraCapabilities.Environment,
        };
        using LyraEngine engine = new(options);
        engine.Run($"{Receivers}type({Calls[name]})").ToString().ShouldBe($"\"{LibraryResults.All[name].Display()}\"");
    }

    private static string KindName(ValueKind kind) => Lyra.Runtime.Kinds.KindInfo.Of(kind).Name;
}
