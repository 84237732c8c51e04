using System;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Filetests;
using Lyra.Tests.Jit.Ir;

namespace Lyra.Tests.Jit.Passes;

/// <summary>Makes graphs from a shorthand: nodes separated by semicolons, of which the last one is the result.</summary>
internal static class FoldRows
{
    /// <summary>x, y are ints; f, g floats; b, c bools; a any; l a list; s a str; p a Point; u an upvalue.</summary>
    private const string Inputs = """
        loop @main pc 0
        block0:
          v3: Any = LoadRegister r3
          v104: Any = LoadRegister r4
          v4: Int = UnboxInt v104 exit s0
          v105: Any = LoadRegister r5
          v5: Int = UnboxInt v105 exit s0
          v106: Any = LoadRegister r6
          v6: Float = UnboxFloat v106 exit s0
          v107: Any = LoadRegister r7
          v7: Float = UnboxFloat v107 exit s0
          v108: Any = LoadRegister r8
          v8: Bool = UnboxBool v108 exit s0
          v109: Any = LoadRegister r9
          v9: Bool = UnboxBool v109 exit s0
          v110: Any = LoadRegister r10
          v10: List = UnboxObject v110 exit s0
          v111: Any = LoadRegister r11
          v11: Str = UnboxObject v111 exit s0
          v112: Any = LoadRegister r12
          v12: Struct = UnboxStruct @Point v112 exit s0
          v113: Any = LoadRegister r13
          v13: Object = UnboxObject v113 exit s0
          v114: Any = LoadRegister r14
          v14: Closure = UnboxObject v114 exit s0

        """;

    private const string End = """
          exit s1
        s0: @main pc 0 {}
        s1: @main pc 0 {r1 = RESULT}
        """;

    private static readonly (string Letter, string Id)[] Letters =
    [
        ("x", "v4"), ("y", "v5"), ("f", "v6"), ("g", "v7"), ("b", "v8"), ("c", "v9"), ("l", "v10"), ("s", "v11"), ("p", "v12"),
        ("o", "v13"),
        ("d", "v14"), ("a", "v3"),
    ];

    public static IrGraph Graph(string nodes) => IrTexts.ParseValid(Text(nodes));

    public static string Text(string nodes)
    {
        string text = Inputs;
        string last = "v3";
        int next = 20;
        foreach (string part in nodes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            text += Node(part, ref last, ref next);
        }

        return text + End.Replace("RESULT", last);
    }

    /// <summary>
    /// Parses the shorthand of the rows: <c>Op@payload:type#bits inputs</c>. An input is a letter, a literal, or $ for the previous node.
    /// </summary>
    private static string Node(string part, ref string last, ref int next)
    {
        string[] words = part.Split(' ');
        string before = string.Empty;
        string[] inputs = new string[words.Length - 1];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = Input(words[i + 1], words[0], last, ref before, ref next);
        }

        string name = new([.. words[0].TakeWhile(char.IsAsciiLetter)]);
        string details = words[0][name.Length..];
        string type = details.Contains(':') ? details[(details.IndexOf(':') + 1)..] : string.Empty;
        string bits = details.Contains('#') ? details[details.IndexOf('#')..] : string.Empty;
        string payload = new([.. details.TakeWhile(c => c is not (':' or '#'))]);
        if (words[0] is "ConstInt" or "ConstBool" or "ConstFloat")
        {
            (bits, inputs) = (words[1], []);
        }
        else if (words.Length == 1 && name.Length == 1)
        {
            last = Letters.First(pair => pair.Letter == name).Id;
            return before;
        }

        IrOpInfo row = IrOpInfo.Of(Enum.Parse<IrOp>(name));
        type = type.Length > 0 ? type : row.Result.ToString();
        string exit = (row.Effects & IrEffects.Exits) != 0 ? " exit s0" : string.Empty;
        string head = row.Result == IrType.None ? string.Empty : $"v{next}: {type} = ";
        last = row.Result == IrType.None ? last : $"v{next++}";
        return $"{before}  {head}{name} {payload} {string.Join(", ", inputs)} {bits}{exit}\n";
    }

    private static string Input(string word, string op, string last, ref string before, ref int next)
    {
        if (word == "$")
        {
            return last;
        }

        foreach ((string letter, string id) in Letters)
        {
            if (letter == word)
            {
                return id;
            }
        }

        if (op.StartsWith("Const", StringComparison.Ordinal))
        {
            return word;
        }

        string type = word is "true" or "false" ? "Bool" : word.Contains('.') || word is "Infinity" or "NaN" ? "Float" : "Int";
        before += $"  v{next}: {type} = Const{type} {word}\n";
        return $"v{next++}";
    }

    /// <summary>The graph's text with ids in the order of the values, and with constants at their uses.</summary>
    public static string Renumbered(IrGraph graph)
    {
        string text = IrTexts.Print(graph);
        int count = 0;
        foreach (IrNode node in graph.Entry.Nodes)
        {
            string name = node.IsConstant ? $"<{IrPrinter.Print(node).Split('=')[1].Trim()}>" : $"w{count++}";
            text = System.Text.RegularExpressions.Regex.Replace(text, $@"\bv{node.Id}\b", name);
        }

        return string.Join('\n', text.Split('\n').Where(line => !line.Contains(" = Const")));
    }
}
