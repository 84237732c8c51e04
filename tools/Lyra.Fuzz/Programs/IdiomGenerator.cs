using System.Collections.Generic;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Common loop idioms with an unusual statement inside: the compiler optimizes them best, and the statement must not mislead it.
/// </summary>
internal abstract partial class IdiomGenerator(FuzzRandom random) : BlockGenerator(random)
{
    protected bool Idiom()
    {
        if (LoopDepth >= 2 || BlockDepth >= MaxBlockDepth - 1)
        {
            return false;
        }

        int mark = Variables.Count;
        int counters = Counters.Count;
        switch (Random.Below(31))
        {
            case 0:
                SumOfElements();
                break;
            case 1:
                ElementsInPlace();
                break;
            case 2:
                Neighbours();
                break;
            case 3:
                Matrix();
                break;
            case 4:
                Sieve();
                break;
            case 5:
                CountWords();
                break;
            case 6:
                ScanText();
                break;
            case 7:
                LinkedList();
                break;
            case 8:
                Sequences();
                break;
            case 9:
                StackMachine();
                break;
            case 10:
                PairsInLoop();
                break;
            case 11:
                HostLoop();
                break;
            case 12:
                Newton();
                break;
            case 13 or 14:
                SameFields();
                break;
            case 15 or 16:
                SameElements();
                break;
            case 17:
                SameTables();
                break;
            case 18 or 19:
                SameUpvalues();
                break;
            case 20:
                ClosureLoop();
                break;
            case 21:
                FieldCalls();
                break;
            case 22:
                BuildText();
                break;
            case 23 or 24 or 25 or 26:
                ElementLoops();
                break;
            case 27 or 28:
                Records();
                break;
            case 29:
                SumsOfTyped();
                break;
            default:
                Edges();
                break;
        }

        Variables.RemoveRange(mark, Variables.Count - mark);
        Counters.RemoveRange(counters, Counters.Count - counters);
        return true;
    }

    protected Kind NumberList() => Random.Pick(Kind.Ints, Kind.Ints, Kind.Floats);

    protected string NewNumbers(Kind kind) => Random.Below(3) switch
    {
        0 => $"[{Leaf(ElementKind(kind))}] * {Random.Between(5, 50)}",
        1 => kind == Kind.Ints ? $"list(range({Random.Between(5, 50)}))" : "[0.5, 1.5, 2.5, -0.0] * 8",
        _ => $"({Leaf(kind)} * {Random.Between(2, 12)})",
    };

    protected void SumOfElements()
    {
        Kind kind = NumberList();
        string list = Local("v", kind, NewNumbers(kind));
        string sum = Local("v", ElementKind(kind), Random.Pick("0", "0.0", "9223372036854775000"));
        string counter = OpenRange($"0..{Random.Pick($"length({list})", $"length({list})", "20", $"length({list}) + 1")}");
        Writer.Line($"{sum} {Random.Pick("+=", "+=", "-=")} {list}[{counter}]{Random.Pick("", $" * {counter}")}");
        if (Random.Chance(35))
        {
            Writer.Line($"if {counter} == {Random.Between(2, 20)} {{ "
                + $"{list}.{Random.Pick("pop()", "push(1)", "push(0.5)", "push(\"x\")", "clear()")} }}");
        }

        CloseLoop();
        Writer.Line($"print({sum})");
    }

    protected void ElementsInPlace()
    {
        Kind kind = NumberList();
        string list = Local("v", kind, NewNumbers(kind));
        string at = Local("n", Kind.Int, "0", isAssignable: false);
        OpenLoop($"while {at} < {Random.Pick($"length({list})", "12", $"length({list}) - 1")}");
        Counters.Add(at);
        Writer.Line($"{list}[{at}] {Random.Pick("=", "+=", "*=")} {Random.Pick(Leaf(ElementKind(kind)), $"{list}[{at}]", at)}");
        CloseLoop(last: $"{at} += {Random.Pick("1", "1", "2")}");
        Writer.Line($"print({list})");
    }

    /// <summary>Sums of elements, which are sometimes large in later rounds.</summary>
    protected void Neighbours()
    {
        string first = Local("v", Kind.Ints, NewNumbers(Kind.Ints));
        string second = Local("v", Kind.Ints, Random.Chance(25) ? first : NewNumbers(Kind.Ints));
        bool isRepeated = Random.Chance(50);
        if (isRepeated)
        {
            OpenRange("0..4");
        }

        string counter = OpenRange(Random.Chance(75) ? $"1..length({first}) - 1" : $"{Random.Below(2)}..length({first})");
        string[] cells = [$"{first}[{counter} - 1]", $"{second}[{counter}]", $"{first}[{counter} + 1]", $"{first}[0]"];
        string sum = $"{first}[{counter}]";
        for (int terms = Random.Pick(1, 3, 4, 5); terms > 0; terms--)
        {
            sum += " + " + Random.PickFrom(cells);
        }

        Writer.Line($"{second}[{counter}] = {(Random.Chance(50) ? $"({sum}) % 10007" : sum)}");
        CloseLoop();
        if (isRepeated)
        {
            CloseLoop(last: $"{first}.push({Random.Pick("4611686018427387904", "-1", "9223372036854775807")})");
        }
    }

    protected void Matrix()
    {
        string rows = Local("v", Kind.Mixed, $"[[1, 2, 3], [4, 5, 6], [{Leaf(Kind.Int)}, 8, {Leaf(Kind.Any)}]]");
        string sum = Local("v", Kind.Int, "0");
        string outer = OpenRange($"0..{Random.Between(3, 24)}");
        string inner = OpenRange("0..3");
        Writer.Line($"{rows}[{outer} % 3][{inner}] {Random.Pick("+=", "=", "-=")} {Random.Pick($"{outer} * {inner}", Leaf(Kind.Int))}");
        Writer.Line($"{sum} += {rows}[{inner}][{outer} % 3]");
        CloseLoop();
        CloseLoop();
        Writer.Line($"print({sum}, {rows})");
    }

    protected void Sieve()
    {
        int limit = Random.Between(20, 60);
        string sieve = Local("v", Kind.Bools, $"[true] * {limit}");
        string count = Local("v", Kind.Int, "0");
        string outer = OpenRange($"2..{limit}");
        Writer.Line($"if not {sieve}[{outer}] continue");
        string at = Local("n", Kind.Int, $"{outer} * {outer}", isAssignable: false);
        Writer.Line($"{count} += 1");
        OpenLoop($"while {at} < {limit}");
        Writer.Line($"{sieve}[{at}] = {Random.Pick("false", "false", "nil")}");
        CloseLoop(hasCounter: false, last: $"{at} += {outer}");
        CloseLoop();
        Writer.Line($"print({count})");
    }

    protected void CountWords()
    {
        string table = Local("v", Kind.Table, "({})");
        string word = NewName("e");
        OpenLoop($"for {word} in "
            + $"{Random.Pick("\"a b a c b a d a a b\".split(\" \")", "([\"a\", \"b\", 1, \"a\"] * 9)", $"({Leaf(Kind.Texts)} * 8)")}");
        Variables.Add(new Variable(word, Kind.Str, IsAssignable: false));
        Writer.Line(Random.Pick($"{table}[{word}] = ({table}[{word}] ?? 0) + 1", $"{table}[{word}] = {table}.get({word}, 0) + 1",
            $"if {word} in {table} {{ {table}[{word}] += 1 }} else {{ {table}[{word}] = 1 }}"));
        if (Random.Chance(30))
        {
            Writer.Line($"if length({table}) > 2 {{ {table}.remove({Random.Pick("\"a\"", word)}) }}");
        }

        CloseLoop(hasCounter: false);
        Writer.Line($"print({table})");
    }

    protected void ScanText()
    {
        string text = Local("v", Kind.Str, Random.Pick("\"hello world, hello lyra\"", $"({Leaf(Kind.Str)} * 9)", "\"a1b22c333\" * 3"));
        string kept = Local("v", Kind.Str, "\"\"");
        string at = Local("n", Kind.Int, "0", isAssignable: false);
        OpenLoop($"while {at} < length({text})");
        Counters.Add(at);
        string unit = Local("v", Kind.Str, $"{text}[{at}]");
        Writer.Line($"if {unit} {Random.Pick("==", "!=", "<", ">=")} {Random.Pick("\"l\"", "\"b\"", "\"2\"", "\" \"")} "
            + $"{{ {kept} {Random.Pick("+=", "=")} {unit} }}");
        CloseLoop(last: $"{at} += 1");
        Writer.Line($"print({kept}, length({text}))");
    }

    /// <summary>Appends to a str, and sometimes needs it in between.</summary>
    protected void BuildText()
    {
        string text = Local("v", Kind.Str, Random.Pick("\"\"", "\"(\"", "(\"long\" * 70)", Leaf(Kind.Str)));
        string counter = OpenRange($"0..{Random.Between(5, 60)}");
        for (int pieces = Random.Between(1, 4); pieces > 0; pieces--)
        {
            Writer.Line(Random.Pick(
                $"{text} += tostring({counter} * {Random.Between(-9, 9)})",
                $"{text} += {Leaf(Kind.Str)}",
                $"{text} = {text} + \"a\" + {Leaf(Kind.Str)}",
                $"{text} = \"<\" + {text}",
                $"{text} += \"${{{counter}}}.\"",
                $"if {counter} % {Random.Between(2, 5)} == 0 {{ {text} += \",\" }}",
                $"if {text} != \"\" {{ {text} += \"; \" }}",
                $"if length({text}) > {Random.Between(1, 300)} {{ {Random.Pick(string.Empty, $"print({text}); ")}{text} = \"\" }}",
                $"if {counter} == {Random.Between(5, 60)} {{ {Random.Pick("continue", "break", $"print({text})")} }}"));
        }

        CloseLoop();
        Writer.Line($"print(length({text}), {text})");
    }

    protected void LinkedList()
    {
        if (Structs.Count == 0)
        {
            Newton();
            return;
        }

        StructModel model = Random.PickFrom(Structs.FindAll(m => !m.IsAnnotated) is { Count: > 0 } plain ? plain : Structs);
        string node = NewName("v");
        Writer.Line($"var {node} = nil");
        string counter = OpenRange($"0..{Random.Between(5, 40)}");
        Writer.Line($"{node} = {model.Name}({counter}, same({node}))");
        CloseLoop();
        string sum = Local("v", Kind.Int, "0");
        OpenLoop($"while {node} is not nil");
        Writer.Line($"{sum} += {node}.x");
        CloseLoop(hasCounter: false, last: $"{node} = {node}.y");
        Writer.Line($"print({sum})");
    }

    protected void Sequences()
    {
        string first = Local("v", Kind.Int, Random.Pick("0", "1", "4611686018427387000"));
        string second = Local("v", Kind.Int, "1");
        OpenRange($"0..{Random.Between(10, 110)}");
        Writer.Line(Random.Pick(
            $"{first}, {second} = {second}, {first} + {second}",
            $"{first} = ({first} * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFF",
            $"{first} = {first} * 31 + {second}; {second} = {first} % 65537",
            $"{first} = (if {first} % 2 == 0 {{ {first} / 2 }} else {{ 3 * {first} + 1 }})",
            $"{first} = {first} - {second} * 1000000007"));
        CloseLoop();
        Writer.Line($"print({first}, {second})");
    }

    protected void StackMachine()
    {
        string stack = Local("v", Kind.Ints, "[1, 2]");
        string code = Local("v", Kind.Ints, $"[0, 1, 2, 0, 3, {Random.Below(6)}, 4]");
        string counter = OpenRange($"0..{Random.Between(10, 60)}");
        Writer.Open($"match {code}[{counter} % {Random.Pick("7", "5", "3")}]");
        Writer.Line($"0 => {stack}.push({counter})");
        Writer.Line($"1 => {stack}.push({stack}.pop() + 1)");
        Writer.Line($"2 => {{ if length({stack}) > 1 {{ {stack}.push({stack}.pop() {Random.Pick("+", "*", "-")} {stack}.pop()) }} }}");
        Writer.Line($"3 | 4 => {{ if length({stack}) > 3 {{ {stack}.pop() }} }}");
        Writer.Line(Random.Chance(70) ? "_ => nil" : $"n => {stack}.push(n)");
        Writer.Close();
        CloseLoop();
        Writer.Line($"print({stack})");
    }

    /// <summary>Tuples and instances whose allocation the compiler can eliminate.</summary>
    protected void PairsInLoop()
    {
        if (Structs.FindAll(m => !m.IsAnnotated) is { Count: > 0 } plain && Random.Chance(60))
        {
            Owner(Random.PickFrom(plain));
            return;
        }

        string pair = Local("v", Kind.Pair, "(0, 1)");
        string sum = Local("v", Kind.Int, "0");
        string counter = OpenRange($"0..{Random.Between(10, 60)}");
        Writer.Line(Random.Pick(
            $"{pair} = ({pair}[1], {pair}[0] + {counter})",
            $"{pair} = ({counter}, {pair})",
            $"{pair} = (if {counter} % 9 == 8 {{ [{counter}, 1] }} else {{ ({counter}, {counter} * 2) }})"));
        if (Structs.Count > 0)
        {
            string instance = Local("v", Kind.Instance, $"{Random.PickFrom(Structs).Name}({counter}, {sum} & 1023)");
            Writer.Line($"{instance}.x += {Random.Pick("1", counter, "0.5")}");
            Writer.Line($"{sum} += {instance}.{Random.Pick("x", "sum()", "moved(2).x", "y")}");
        }

        Writer.Line($"{sum} += {pair}[0]");
        CloseLoop();
        Writer.Line($"print({sum}, {pair})");
    }

    /// <summary>An instance with an object as its part, while its other part changes: the compiler can eliminate both.</summary>
    private void Owner(StructModel model)
    {
        string sum = Local("v", Kind.Int, "0");
        string counter = OpenRange($"0..{Random.Between(10, 60)}");
        string part = Random.Pick($"{model.Name}({counter}, 1)", $"({counter}, [1])", $"[{counter}]");
        string owner = NewName("v");
        Writer.Line($"let {owner} = {model.Name}({Random.Pick($"0, {part}", $"{part}, 0")})");
        string field = Random.Pick("x", "y");
        string inner = OpenRange($"0..{Random.Pick("3", $"{counter} % 4")}");
        Writer.Line(Random.Pick(
            $"{owner}.{field} = {inner} + {counter}",
            $"if {inner} % 2 == 1 {{ {owner}.{field} = {counter} }}",
            $"if {owner}.{field} is {sum} {{ {owner}.{field} = {inner} }} else {{ {sum} += {inner} }}"));
        CloseLoop();

        // Usually not recorded: it sees the objects after an exit.
        Writer.Line($"if {counter} == {Random.Between(5, 59)} {{ print({owner}.x, {owner}.y) }}");
        Writer.Line($"{sum} += 1");
        CloseLoop();
        Writer.Line($"print({sum})");
    }

    protected void HostLoop()
    {
        string sum = Local("v", Kind.Int, "0");
        string number = Local("v", Kind.Float, "1.5");
        string counter = OpenRange($"0..{Random.Between(10, 60)}");
        Writer.Line(Random.Pick(
            $"{sum} = hostAdd({sum}, {Random.Pick(counter, $"{counter} << 58", Leaf(Kind.Int))})",
            $"{number} = hostScale({number}, {Random.Pick("0.75", counter, Leaf(Kind.Float))})",
            $"{sum} += hostLength({Random.Pick($"\"${{{counter}}}\"", Leaf(Kind.Str))})",
            $"if hostFlag({counter} % 3 == 1) {{ {sum} += 1 }}",
            $"{sum} += hostSmall({Random.Pick(counter, $"{counter} * 90")}) ?? 0"));
        CloseLoop();
        Writer.Line($"print({sum}, {number})");
    }

    protected void Newton()
    {
        string x = Local("v", Kind.Float, Random.Pick("1.0", "0.0", "-3.5", "1e300"));
        OpenRange($"0..{Random.Between(5, 60)}");
        Writer.Line(Random.Pick(
            $"{x} = {x} - ({x} * {x} - 2.0) / (2.0 * {x})",
            $"{x} = {x} * 1.5 % 7.0",
            $"if not ({x} < 1e10) {{ {x} = 0.0 / {x} }} else {{ {x} *= -17.5 }}",
            $"{x} = -({x} / 3) + {Random.Pick("1", "0.1", "(0.0 / 0.0)")}"));
        CloseLoop();
        Writer.Line($"print({x})");
    }

    protected void ClosureLoop()
    {
        string procs = Local("v", Kind.Procs, "[]");
        string shared = Local("v", Kind.Int, "0");
        string counter = OpenRange($"0..{Random.Between(6, 30)}");
        Writer.Line(Random.Pick(
            $"{procs}.push(q => q + {counter} + {shared})",
            $"{procs}.push(proc(q) {{ {shared} += q; return {counter} }})",
            $"{shared} += (q => q * {shared} % 1009)({counter})"));
        CloseLoop();
        string each = NewName("e");
        Writer.Line($"for {each} in {procs} {{ {shared} = {each}({shared}) % 1000003 }}");
        Writer.Line($"print({shared})");
    }

    /// <summary>Calls of the values of fields. They are usually procs, and may change.</summary>
    protected void FieldCalls()
    {
        if (Structs.FindAll(m => !m.IsAnnotated) is not { Count: > 0 } plain)
        {
            ClosureLoop();
            return;
        }

        string sum = Local("v", Kind.Int, "0");
        string held = NewName("v");
        Writer.Line($"let {held} = [{FieldWithProc()}, {FieldWithProc()}, "
            + $"{Random.Pick(FieldWithProc(), $"{Random.PickFrom(plain).Name}(1, {Leaf(Kind.Any)})")}]");
        string counter = OpenRange($"0..{Random.Between(10, 60)}");
        Writer.Line(
            $"{sum} = ({sum} + {held}[{Random.Pick("0", $"{counter} % 2", $"{counter} % 3")}].y({Random.Pick(counter, sum)})) & 0xFFFFF");
        if (Random.Chance(30))
        {
            Writer.Line($"if {counter} == {Random.Between(5, 30)} {{ {held}[0].y = {Fresh(Kind.Proc, 0)} }}");
        }

        CloseLoop();
        Writer.Line($"print({sum})");

        string FieldWithProc() => $"{Random.PickFrom(plain).Name}({SmallInt()}, {Leaf(Kind.Proc)})";
    }
}
