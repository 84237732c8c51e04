using System;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Filetests;
using Lyra.Tests.Jit.Ir;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Passes;

public sealed class FoldingTests
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

    // Each row: nodes separated by semicolons, of which the last one is the result; then the result after folding.
    [Theory]
    [InlineData("AddInt 2 3", "ConstInt 5")]
    [InlineData("AddInt 9223372036854775807 1", "ConstInt -9223372036854775808")]
    [InlineData("SubInt 2 3", "ConstInt -1")]
    [InlineData("MulInt 6 7", "ConstInt 42")]
    [InlineData("AddIntChecked 2 3", "ConstInt 5")]
    [InlineData("SubIntChecked 2 3", "ConstInt -1")]
    [InlineData("MulIntChecked 6 7", "ConstInt 42")]
    [InlineData("DivInt -7 2", "ConstInt -3")]
    [InlineData("ModInt -7 2", "ConstInt -1")]
    [InlineData("AndInt 12 10", "ConstInt 8")]
    [InlineData("OrInt 12 10", "ConstInt 14")]
    [InlineData("XorInt 12 10", "ConstInt 6")]
    [InlineData("ShlInt 1 63", "ConstInt -9223372036854775808")]
    [InlineData("ShrInt -8 1", "ConstInt -4")]
    [InlineData("ShlIntChecked 3 4", "ConstInt 48")]
    [InlineData("EqInt 3 3", "ConstBool true")]
    [InlineData("LtInt 3 3", "ConstBool false")]
    [InlineData("LeInt 3 3", "ConstBool true")]
    [InlineData("NegInt 3", "ConstInt -3")]
    [InlineData("NegIntChecked 3", "ConstInt -3")]
    [InlineData("NotInt 0", "ConstInt -1")]
    [InlineData("AddInt x 0", "x")]
    [InlineData("AddInt 0 x", "x")]
    [InlineData("AddIntChecked x 0", "x")]
    [InlineData("SubInt x 0", "x")]
    [InlineData("SubInt x x", "ConstInt 0")]
    [InlineData("SubIntChecked x x", "ConstInt 0")]
    [InlineData("SubInt x 5", "AddInt x -5")]
    [InlineData("SubIntChecked x 5", "AddIntChecked x -5")]
    [InlineData("SubIntChecked x -9223372036854775808", "SubIntChecked x -9223372036854775808")]
    [InlineData("MulInt x 1", "x")]
    [InlineData("MulInt x 0", "ConstInt 0")]
    [InlineData("MulIntChecked x 0", "ConstInt 0")]
    [InlineData("MulInt x -1", "NegInt x")]
    [InlineData("MulIntChecked -1 x", "NegIntChecked x")]
    [InlineData("MulIntChecked x 3", "MulIntChecked x 3")]
    [InlineData("DivInt x 1", "x")]
    [InlineData("ModInt x 1", "ConstInt 0")]
    [InlineData("DivInt x 2", "DivInt x 2")]
    [InlineData("AndInt x 0", "ConstInt 0")]
    [InlineData("AndInt x -1", "x")]
    [InlineData("AndInt x x", "x")]
    [InlineData("OrInt x x", "x")]
    [InlineData("OrInt x 0", "x")]
    [InlineData("OrInt x -1", "ConstInt -1")]
    [InlineData("XorInt x x", "ConstInt 0")]
    [InlineData("XorInt x 0", "x")]
    [InlineData("XorInt x -1", "NotInt x")]
    [InlineData("ShlInt x 0", "x")]
    [InlineData("ShrInt x 0", "x")]
    [InlineData("ShlIntChecked x 0", "x")]
    [InlineData("EqInt x x", "ConstBool true")]
    [InlineData("LtInt x x", "ConstBool false")]
    [InlineData("LeInt x x", "ConstBool true")]
    [InlineData("LtInt x -9223372036854775808", "ConstBool false")]
    [InlineData("LeInt x 9223372036854775807", "ConstBool true")]
    [InlineData("NegInt x; NegInt $", "x")]
    [InlineData("NegIntChecked x; NegIntChecked $", "NegIntChecked x; x")]
    [InlineData("NotInt x; NotInt $", "x")]
    [InlineData("AddInt x 3; AddInt $ 4", "AddInt x 7")]
    [InlineData("AddInt x 3; SubInt $ 3", "x")]
    [InlineData("MulInt x 3; MulInt $ 4", "MulInt x 12")]
    [InlineData("AndInt x 12; AndInt $ 10", "AndInt x 8")]
    [InlineData("OrInt x 12; OrInt $ 10", "OrInt x 14")]
    [InlineData("XorInt x 12; XorInt $ 10", "XorInt x 6")]
    [InlineData("AddFloat 0.1 0.2", "ConstFloat 0.30000000000000004")]
    [InlineData("SubFloat 1.5 0.5", "ConstFloat 1")]
    [InlineData("MulFloat 1.5 2.0", "ConstFloat 3")]
    [InlineData("DivFloat 1.0 0.0", "ConstFloat Infinity")]
    [InlineData("ModFloat -5.5 2.0", "ConstFloat -1.5")]
    [InlineData("NegFloat 0.0", "ConstFloat -0")]
    [InlineData("EqFloat 0.0 -0.0", "ConstBool true")]
    [InlineData("LtFloat 1.0 2.0", "ConstBool true")]
    [InlineData("LeFloat 3.0 2.0", "ConstBool false")]
    [InlineData("IntToFloat 3", "ConstFloat 3")]
    [InlineData("AddFloat f -0.0", "f")]
    [InlineData("AddFloat -0.0 f", "f")]
    [InlineData("AddFloat f 0.0", "AddFloat f 0.0")]
    [InlineData("SubFloat f 0.0", "f")]
    [InlineData("SubFloat f -0.0", "SubFloat f -0.0")]
    [InlineData("SubFloat f f", "SubFloat f f")]
    [InlineData("MulFloat f 1.0", "f")]
    [InlineData("MulFloat 1.0 f", "f")]
    [InlineData("MulFloat f 0.0", "MulFloat f 0.0")]
    [InlineData("DivFloat f 1.0", "f")]
    [InlineData("DivFloat f f", "DivFloat f f")]
    [InlineData("NegFloat f; NegFloat $", "f")]
    [InlineData("LtFloat f f", "ConstBool false")]
    [InlineData("EqFloat f f", "EqFloat f f")]
    [InlineData("LeFloat f f", "LeFloat f f")]
    [InlineData("Not true", "ConstBool false")]
    [InlineData("Not b; Not $", "b")]
    [InlineData("LtInt x y; Not $", "LeInt y x")]
    [InlineData("LeInt x y; Not $", "LtInt y x")]
    [InlineData("LtFloat f g; Not $", "LtFloat f g; Not $")]
    [InlineData("EqBool b true", "b")]
    [InlineData("EqBool false b", "Not b")]
    [InlineData("EqBool b b", "ConstBool true")]
    [InlineData("EqBool true false", "ConstBool false")]
    [InlineData("BoxInt x; UnboxInt $", "x")]
    [InlineData("BoxFloat f; UnboxFloat $", "f")]
    [InlineData("BoxBool b; UnboxBool $", "b")]
    [InlineData("BoxInt x; AsInt $", "x")]
    [InlineData("BoxFloat f; AsFloat $", "f")]
    [InlineData("BoxBool b; AsBool $", "b")]
    [InlineData("BoxObject l; UnboxObject:List $", "l")]
    [InlineData("BoxObject l; AsObject:List $", "l")]
    [InlineData("BoxObject o; UnboxObject:List $", "BoxObject o; UnboxObject:List $")]
    [InlineData("BoxObject p; UnboxStruct@Point $", "p")]
    [InlineData("BoxObject p; AsStruct@Point $", "p")]
    [InlineData("BoxInt x; IsInt $", "ConstBool true")]
    [InlineData("BoxInt x; IsFloat $", "ConstBool false")]
    [InlineData("BoxFloat f; IsFloat $", "ConstBool true")]
    [InlineData("BoxBool b; IsBool $", "ConstBool true")]
    [InlineData("ConstNil; IsNil $", "ConstBool true")]
    [InlineData("BoxObject l; IsNil $", "ConstBool false")]
    [InlineData("ConstUnset; IsUnset $", "ConstBool true")]
    [InlineData("ConstNil; IsUnset $", "ConstBool false")]
    [InlineData("BoxBool b; IsTruthy $", "b")]
    [InlineData("ConstNil; IsTruthy $", "ConstBool false")]
    [InlineData("BoxInt x; IsTruthy $", "ConstBool true")]
    [InlineData("IsTruthy a", "IsTruthy a")]
    [InlineData("BoxObject l; IsObject#List $", "ConstBool true")]
    [InlineData("BoxObject l; IsObject#Map $", "ConstBool false")]
    [InlineData("BoxObject o; IsObject#Map $", "BoxObject o; IsObject#Map $")]
    [InlineData("BoxInt x; IsObject#Map $", "ConstBool false")]
    [InlineData("BoxObject p; IsStruct@Point $", "ConstBool true")]
    [InlineData("BoxObject p; IsStruct@Line $", "ConstBool false")]
    [InlineData("BoxObject l; IsStruct@Line $", "ConstBool false")]
    [InlineData("SameObject l l", "ConstBool true")]
    [InlineData("SameObject l s", "ConstBool false")]
    [InlineData("SameObject l o", "SameObject l o")]
    [InlineData("NewTuple x b a; TupleCount $", "NewTuple x b a; ConstInt 3")]
    [InlineData("ConstObject@pair:Tuple; TupleCount $", "ConstInt 2")]
    [InlineData("NewTuple x a; TupleItem $ 1", "NewTuple x a; a")]
    [InlineData("NewTuple x a; TupleItem $ 0; UnboxInt $", "NewTuple x a; x")]
    [InlineData("ConstObject@pair:Tuple; TupleItem $ 0; UnboxInt $", "ConstInt 1")]
    [InlineData("NewTuple x a; TupleItem $ 2; UnboxInt $", "NewTuple x a; TupleItem $ 2; UnboxInt $")]
    [InlineData("NewRange x y x y true; RangeIsSmall $", "NewRange x y x y true; ConstBool true")]
    [InlineData("NewRange x y 2 7 true; RangeStart $", "NewRange x y 2 7 true; x")]
    [InlineData("NewRange x 9 y 7 true; RangeStep $", "NewRange x 9 y 7 true; y")]
    [InlineData("NewRange x 9 2 y true; RangeCount $", "NewRange x 9 2 y true; y")]
    [InlineData("ConstObject@range:Range; RangeIsSmall $", "ConstBool true")]
    [InlineData("ConstObject@range:Range; RangeStart $", "ConstInt 3")]
    [InlineData("ConstObject@range:Range; RangeStep $", "ConstInt 3")]
    [InlineData("ConstObject@range:Range; RangeCount $", "ConstInt 9")]
    [InlineData("ConstObject\"abc\":Str; StrLength $", "ConstInt 3")]
    [InlineData("ConstObject\"abc\":Str; StrUnits $; LoadUnit $ 1", "ConstInt 98")]
    [InlineData("StrOfUnit x; StrLength $", "ConstInt 1")]
    [InlineData("StrOfUnit x; StrUnits $; LoadUnit $ 0", "x")]
    [InlineData("StrOfUnit 65", "ConstObject\"A\":Str")]
    [InlineData("ConstObject@closure:Closure; LoadCapture#0 $; UnboxInt $", "ConstInt 5")]
    [InlineData("ConstObject@closure:Closure; IsCode@add $", "ConstBool true")]
    [InlineData("ConstObject@closure:Closure; IsCode@main $", "ConstBool false")]
    [InlineData("NewClosure@add x a; LoadCapture#1 $", "NewClosure@add x a; a")]
    [InlineData("NewClosure@add x; IsCode@add $", "NewClosure@add x; ConstBool true")]
    [InlineData("IsCode@add d", "IsCode@add d")]
    public void Values(string before, string after) => ShouldFoldTo(before, after);

    [Theory]
    [InlineData("AddIntChecked 9223372036854775807 1")]
    [InlineData("MulIntChecked 9223372036854775807 2")]
    [InlineData("NegIntChecked -9223372036854775808")]
    [InlineData("ShlIntChecked x 64")]
    [InlineData("ShlIntChecked 1 63")]
    [InlineData("BoxFloat f; UnboxInt $")]
    [InlineData("ConstNil; UnboxInt $")]
    [InlineData("BoxInt x; UnboxObject:List $")]
    [InlineData("BoxObject s; UnboxObject:List $")]
    [InlineData("BoxObject p; UnboxStruct@Line $")]
    [InlineData("Guard false")]
    [InlineData("GuardNot true")]
    [InlineData("GuardDivisor x 0")]
    [InlineData("GuardDivisor -9223372036854775808 -1")]
    [InlineData("GuardShift 64")]
    [InlineData("GuardIndex -1 y")]
    [InlineData("GuardIndex 5 5")]
    [InlineData("GuardIndex x x")]
    public void An_operation_that_always_exits_ends_its_block(string before)
    {
        IrGraph graph = Graph(before);
        new Folding().Run(graph).ShouldBeTrue();
        graph.Entry.End.ShouldBe(IrEnd.Exit);
        graph.Entry.Exit!.Id.ShouldBe(0);
        graph.Entry.Nodes.Count(node => node.MayExit).ShouldBe(11);
        MeaningCheck.CompareOnEdgeValues(Text(before), new Folding());
    }

    [Theory]
    [InlineData("Guard true", "")]
    [InlineData("GuardNot false", "")]
    [InlineData("GuardDivisor x 5", "")]
    [InlineData("GuardDivisor x -1", "GuardDivisor x -1")]
    [InlineData("GuardDivisor 7 -1", "")]
    [InlineData("GuardShift 63", "")]
    [InlineData("AndInt x 31; GuardShift $", "")]
    [InlineData("GuardIndex 4 5", "")]
    [InlineData("GuardIndex 4 y", "GuardIndex 4 y")]
    [InlineData("Not b; Guard $", "GuardNot b")]
    [InlineData("Not b; GuardNot $", "Guard b")]
    [InlineData("LtInt x y; GuardNot $", "LeInt y x; Guard $")]
    [InlineData("LeInt x y; GuardNot $", "LtInt y x; Guard $")]
    public void Guards(string before, string after) => ShouldFoldTo(before + "; ConstNil", after + "; ConstNil");

    /// <summary>The nodes fold to the others, and behave on edge values as before.</summary>
    private static void ShouldFoldTo(string before, string after)
    {
        IrGraph graph = Graph(before);
        new Folding().Run(graph);
        new DeadCode().Run(graph);
        IrGraph expected = Graph(after);
        new Folding().Run(expected);
        new DeadCode().Run(expected);
        IrVerifier.Verify(graph).ShouldBeEmpty();
        Renumbered(graph).ShouldBe(Renumbered(expected));
        int compared = MeaningCheck.CompareOnEdgeValues(Text(before), new Folding());
        (compared > 0 || before == after).ShouldBeTrue("no edge values give a result");
    }

    private static IrGraph Graph(string nodes) => IrTexts.ParseValid(Text(nodes));

    private static string Text(string nodes)
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

        string type = word is "true" or "false" ? "Bool" : word.Contains('.') ? "Float" : "Int";
        before += $"  v{next}: {type} = Const{type} {word}\n";
        return $"v{next++}";
    }

    /// <summary>The graph's text with ids in the order of the values, and with constants at their uses.</summary>
    private static string Renumbered(IrGraph graph)
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
