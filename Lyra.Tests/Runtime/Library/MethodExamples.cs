using System;
using System.Collections.Generic;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Tests.Runtime.Library.BuiltinExamples;
using static Lyra.Tests.Runtime.Library.Example;

namespace Lyra.Tests.Runtime.Library;

/// <summary>Calls of the methods of built-in types, except those of str (<see cref="StrExamples"/>).</summary>
internal static class MethodExamples
{
    private static readonly Func<Value, Value> IsAboveTwo = v => Value.FromBool(v.AsInt > 2);
    private static readonly Func<Value, Value> Negated = v => Value.FromInt(-v.AsInt);
    private static readonly Func<Value, Value> LastDigit = v => Value.FromInt(v.AsInt % 10);
    private static readonly Func<Value, Value, Value> Minus = (a, b) => Value.FromInt(a.AsInt - b.AsInt);

    public static readonly Example[] All =
    [
        Exits("[1, 3]", "2", "list.removeAt", List(1, 2, 3), 1),
        Gives("!IndexError", "list.removeAt", List(1), 1),
        Gives("!IndexError", "list.removeAt", List(1), -1),
        Gives("!TypeError", "list.removeAt", List(1), 0.0),
        Exits("[]", "nil", "list.clear", List(1, 2)),
        Gives("[1, 2]", "list.copy", List(1, 2)),
        Gives("[]", "list.copy", List()),
        Gives("[1, \"a\"]", "list.copy", List(1, "a")),
        Exits("[1, 2, 3]", "nil", "list.sort", List(3, 1, 2)),
        Exits("[-1.5, 0.5, 2.0]", "nil", "list.sort", List(2.0, 0.5, -1.5)),
        Exits("[\"a\", \"b\", \"bb\"]", "nil", "list.sort", List("bb", "b", "a")),
        Exits("[1, 1.5, 2]", "nil", "list.sort", List(2, 1.5, 1)),
        Exits("[11, 1, 21, 32, 2]", "nil", "list.sort", List(11, 32, 1, 2, 21), LastDigit),
        Exits("[1, 2]", "nil", "list.sort", List(2, 1), null),
        Exits("[3, 2, 1]", "nil", "list.reverse", List(1, 2, 3)),
        Exits("[\"b\", \"a\"]", "nil", "list.reverse", List("a", "b")),
        Exits("[false, true]", "nil", "list.reverse", List(true, false)),
        Exits("[2.5, 1.5]", "nil", "list.reverse", List(1.5, 2.5)),
        Gives("0", "list.index", List(5, 6, 5), 5),
        Gives("2", "list.index", List(5, 6, 5), 5, 1),
        Gives("-1", "list.index", List(5), 9),
        Gives("-1", "list.index", List(5), 5, 7),
        Gives("0", "list.index", List(5), 5.0),
        Gives("-1", "list.index", List(5), 5.5),
        Gives("-1", "list.index", List(5), 1e300),
        Gives("1", "list.index", List("a", "b"), "b"),
        Gives("1", "list.index", List(1.5, 2.0), 2),
        Gives("1", "list.index", List(true, false), false),
        Gives("-1", "list.index", List(true), 1),
        Gives("!IndexError", "list.index", List(5), 5, -1),
        Gives("true", "list.contains", List(1, "a"), "a"),
        Gives("false", "list.contains", List(1, 2), 3),
        Gives("2", "list.count", List(1, 2, 1.0), 1),
        Gives("0", "list.count", List(), 1),
        Gives("[2, 3]", "list.slice", List(1, 2, 3), 1, 3),
        Gives("[2, 3]", "list.slice", List(1, 2, 3), 1),
        Gives("!IndexError", "list.slice", List(1), 0, 2),
        Gives("!TypeError", "list.slice", "abc", 0, 2),
        Gives("\"ab\"", "list.join", List("a", "b")),
        Gives("\"a, b\"", "list.join", List("a", "b"), ", "),
        Gives("\"\"", "list.join", List(), "-"),
        Gives("!TypeError", "list.join", List(1, 2), ","),
        Gives("!TypeError", "list.join", List("a", null)),
        Gives("!TypeError", "list.join", List("a"), 5),
        Exits("[1, 2, 3]", "nil", "list.extend", List(1), List(2, 3)),
        Exits("[1, \"a\"]", "nil", "list.extend", List(1), "a"),
        Gives("!TypeError", "list.extend", List(1), 5),
        Gives("1", "list.first", List(1, 2)),
        Gives("!IndexError", "list.first", List()),
        Gives("2", "list.last", List(1, 2)),
        Gives("!IndexError", "list.last", List()),
        Exits("[7, 7]", "nil", "list.fill", List(1, 2), 7),
        Exits("[\"x\", \"x\"]", "nil", "list.fill", List(1, 2), "x"),
        Exits("[true, true]", "nil", "list.fill", List(false, false), true),
        Exits("[0.5, 0.5]", "nil", "list.fill", List(1.5, 2.5), 0.5),
        Exits("[]", "nil", "list.fill", List(), 7),
        Gives("true", "list.isEmpty", List()),
        Gives("[-1, -2]", "list.map", List(1, 2), Negated),
        Gives("!TypeError", "list.map", List(1), 5),
        Gives("[3, 4]", "list.filter", List(1, 3, 4), IsAboveTwo),
        Gives("-4", "list.reduce", List(1, 2, 3), Minus),
        Gives("4", "list.reduce", List(1, 2, 3), Minus, 10),
        Gives("nil", "list.reduce", List(), Minus, null),
        Gives("!ValueError", "list.reduce", List(), Minus),
        Gives("nil", "list.each", List(1, 2), Negated),
        Gives("!TypeError", "list.each", List(1), null),
        Gives("3", "list.find", List(1, 3, 4), IsAboveTwo),
        Gives("nil", "list.find", List(1), IsAboveTwo),
        Exits("[1]", "2", "list.pop", List(1, 2)),
        Gives("[1, 2]", "list.sorted", List(2, 1)),
        Gives("2", "list.max", List(2, 1)),

        Gives("1", "map.get", Map("a", 1), "a", 0),
        Gives("9", "map.get", Map("a", 1), "z", 9),
        Gives("nil", "map.get", Map("a", 1), "z"),
        Gives("!TypeError", "map.get", Map("a", 1), List(1)),
        Gives("[(\"a\", 1), (\"b\", 2)]", "map.items", Map("a", 1, "b", 2)),
        Gives("true", "map.has", Map("a", 1), "a"),
        Gives("false", "map.has", Map("a", 1), 1),
        Exits("{}", "nil", "map.clear", Map("a", 1)),
        Gives("{\"a\": 1}", "map.copy", Map("a", 1)),
        Exits("{\"a\": 5, \"b\": 2}", "nil", "map.update", Map("a", 1), Map("a", 5, "b", 2)),
        Gives("!TypeError", "map.update", Map("a", 1), List(1)),
        Exits("{\"a\": 1}", "{\"a\": 5, \"b\": 2}", "map.merge", Map("a", 1), Map("a", 5, "b", 2)),
        Gives("true", "map.isEmpty", Map()),
        Gives("[\"a\"]", "map.keys", Map("a", 1)),
        Exits("{}", "true", "map.remove", Map("a", 1), "a"),

        Exits("set([1, 2])", "true", "set.add", Set(1), 2),
        Exits("set([1])", "false", "set.add", Set(1), 1.0),
        Gives("true", "set.has", Set(1), 1),
        Gives("!TypeError", "set.has", Set(1), List(1)),
        Gives("set([1, 2, 3])", "set.union", Set(1, 2), Set(2, 3)),
        Gives("set([1, 2])", "set.union", Set(1), List(2)),
        Gives("set([2])", "set.intersect", Set(1, 2), Set(2, 3)),
        Gives("set([1])", "set.difference", Set(1, 2), Set(2, 3)),
        Gives("!TypeError", "set.difference", Set(1), 5),
        Gives("true", "set.isSubset", Set(2), Set(1, 2)),
        Gives("false", "set.isSubset", Set(1, 2), Set(2)),
        Gives("set([1])", "set.copy", Set(1)),
        Exits("set([])", "nil", "set.clear", Set(1)),
        Gives("false", "set.isEmpty", Set(1)),
        Exits("set([])", "true", "set.remove", Set(1), 1),

        Gives("1", "tuple.index", (1, "a"), "a"),
        Gives("-1", "tuple.index", (1, "a"), 1, 1),
        Gives("true", "tuple.contains", (1, "a"), 1.0),
        Gives("2", "tuple.count", (1, 2, 1), 1),
        Gives("(2, 3)", "tuple.slice", (1, 2, 3), 1, 3),
        Gives("false", "tuple.isEmpty", (1, 2)),
        Gives("[1, 2]", "list.take", List(1, 2, 3), 2),
        Gives("[1]", "list.take", List(1), 5),
        Gives("!ValueError", "list.take", List(1), -1),
        Gives("(1,)", "tuple.take", (1, 2), 1),
        Gives("\"ab\"", "str.take", "abc", 2),
        Gives("0..2", "range.take", 0..3, 2),
        Gives("[3]", "list.skip", List(1, 2, 3), 2),
        Gives("2..3", "range.skip", 0..3, 2),
        Gives("[2, 3]", "list.takeLast", List(1, 2, 3), 2),
        Gives("[1]", "list.skipLast", List(1, 2, 3), 2),
        Gives("[[1, 2], [3]]", "list.chunk", List(1, 2, 3), 2),
        Gives("[\"ab\", \"c\"]", "str.chunk", "abc", 2),
        Gives("!ValueError", "list.chunk", List(1), 0),
        Gives("[[1, 2], [2, 3]]", "list.window", List(1, 2, 3), 2),
        Gives("[]", "list.window", List(1), 2),
        Gives("range(0, 3, 2)", "range.step", 0..3, 2),
        Gives("!ValueError", "range.step", 0..3, 0),
        Gives("range(2, -1, -1)", "range.reversed", 0..3),
        Gives("true", "range.contains", 0..3, 2),
        Gives("false", "range.contains", 0..3, 3),
        Gives("true", "range.isEmpty", 3..3),
        Gives("3", "range.sum", 0..3),
        Gives("bytes([1, 2])", "bytes.copy", new byte[] { 1, 2 }),
        Exits("bytes([9, 9])", "nil", "bytes.fill", new byte[] { 1, 2 }, 9),
        Gives("!ValueError", "bytes.fill", new byte[] { 1 }, 256),
        Gives("1", "bytes.index", new byte[] { 1, 2 }, 2),
        Gives("-1", "bytes.index", new byte[] { 1, 2 }, 300),
        Gives("true", "bytes.contains", new byte[] { 1, 2 }, 2),
        Gives("bytes([2])", "bytes.slice", new byte[] { 1, 2 }, 1, 2),
        Gives("\"é\"", "bytes.text", new byte[] { 195, 169 }),
        Gives("!ValueError", "bytes.text", new byte[] { 255 }),
        Gives("true", "bytes.isEmpty", Array.Empty<byte>()),
        Gives("nil", "iterator.close", new HostSequence<long>(new List<long>().GetEnumerator())),
        Gives("!TypeError", "iterator.close", 5),
        Gives("nil", "task.cancel", new TaskObject("t")),
        Gives("!TypeError", "task.cancel", 5),
        Gives("!TypeError", "channel.send", 5, 6),
        Gives("!TypeError", "channel.recv", 5),
        Gives("nil", "channel.close", new ChannelObject(0)),
        Gives("!TypeError", "channel.close", 5),
    ];

    private static Dictionary<object, object> Map(params object[] keysAndValues)
    {
        Dictionary<object, object> map = [];
        for (int i = 0; i < keysAndValues.Length; i += 2)
        {
            map[keysAndValues[i]] = keysAndValues[i + 1];
        }

        return map;
    }

    private static HashSet<object> Set(params object[] items) => [.. items];
}
