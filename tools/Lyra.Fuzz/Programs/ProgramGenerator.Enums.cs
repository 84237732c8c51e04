using System.Collections.Generic;
using System.Linq;

namespace Lyra.Fuzz.Programs;

/// <content>Enums: declarations, methods, matches over the cases, and loops that compare values and keep them as keys.</content>
internal sealed partial class ProgramGenerator
{
    private const int MostCases = 7;

    private static readonly string[] FieldNames = ["x", "y", "z"];

    /// <summary>A case: its name and the names of its fields.</summary>
    private sealed record CaseModel(string Name, string[] Fields);

    private void Enum()
    {
        string name = NewName("E");
        CaseModel[] cases = [.. Enumerable.Range(0, Random.Between(1, MostCases)).Select(n => new CaseModel($"C{n}", FieldsOfCase()))];
        Writer.Open($"enum {name}");
        foreach (CaseModel member in cases)
        {
            Writer.Line(member.Fields.Length == 0 ? member.Name : $"{member.Name}({string.Join(", ", member.Fields.Select(FieldText))})");
        }

        MethodsOfEnum(name, cases);
        Writer.Close();
        EnumValues.AddRange(cases.Select(member => (name, member.Name, member.Fields.Length)));
        EnumScenario(name, cases);
    }

    private string[] FieldsOfCase() => [.. FieldNames.Take(Random.Pick(0, 0, 1, 1, 2, 3))];

    private string FieldText(string field) => field + Random.Pick("", "", ": int", ": any", ": int | nil", " = 3", ": i32 = 7");

    private void MethodsOfEnum(string name, CaseModel[] cases)
    {
        if (Random.Chance(70))
        {
            string[] arms = [.. cases.Select(member => $"{BarePattern(member)} => {ArmResult(member)}")];
            Writer.Line($"proc sum(self) {{ return match self {{ {string.Join(", ", arms)} }} }}");
        }
        else
        {
            Writer.Line("proc sum(self) { return self.ordinal }");
        }

        if (Random.Chance(20))
        {
            Writer.Line($"proc __lt(self, o) {{ return self.ordinal < {name}.ordinalOf(o) }}");
        }

        if (Random.Chance(15))
        {
            Writer.Line("proc __eq(self, o) { return o is not nil and self.ordinal % 2 == o.ordinal % 2 }");
            Writer.Line("proc __hash(self) { return self.ordinal % 2 }");
        }

        if (Random.Chance(15))
        {
            Writer.Line($"proc __str(self) {{ return \"<{name} ${{self.ordinal}}>\" }}");
        }
    }

    private string BarePattern(CaseModel member) => member.Fields.Length == 0 ? member.Name : Random.Below(4) switch
    {
        0 => $"{member.Name}{{x}}",
        1 => $"{member.Name}(x: x, ...)",
        2 => $"{member.Name}({string.Join(", ", member.Fields)})",
        _ => $"{member.Name}(x{(member.Fields.Length > 1 ? ", ..." : "")})",
    };

    private string ArmResult(CaseModel member) => member.Fields.Length == 0
        ? Random.Pick("1", "self.ordinal", "length(self.name)")
        : Random.Pick("x", "[x]", "if x is int { x + 1 } else { 0 }");

    private void EnumScenario(string name, CaseModel[] cases)
    {
        string dispatcher = NewName("f");
        string annotation = Random.Pick("", "", $": {name}", $": {name}?", $": {name} | int");
        Writer.Open($"proc {dispatcher}(v{annotation}, s)");
        List<string> arms = [];
        for (int i = 0; i < Random.Between(1, 5); i++)
        {
            arms.Add(EnumArm(name, Random.PickFrom(cases)));
        }

        arms.Add(Random.Pick("_ => s - 1", $"e: {name} => s + e.ordinal, _ => nil", $"e: {name} => [e, e.name], _ => 0"));
        Writer.Line($"return match v {{ {string.Join(", ", arms)} }}");
        Writer.Close();
        string scenario = NewName("s");
        Writer.Open($"proc {scenario}()");
        string items = string.Join(", ", cases.Select(member => EnumValue(name, member.Name, member.Fields.Length)));
        Writer.Line(Random.Pick($"let items = [{items}]", $"let items: [{name}] = [{items}]", $"let items = [{items}, nil]"));
        Writer.Line("var s = 0");
        Writer.Line("var seen = {}");
        Writer.Open($"for i in 0..{Random.Between(30, 200)}");
        string fresh = EnumValue(name, cases[0].Name, cases[0].Fields.Length);
        Writer.Line("let v = " + Random.Pick(
            "items[i % length(items)]", $"if i % 5 == 4 {{ {fresh} }} else {{ items[i % length(items)] }}"));
        for (int i = 0; i < Random.Between(1, 4); i++)
        {
            Writer.Line(EnumStatement(name, dispatcher));
        }

        Writer.Close();
        Writer.Line("return [s, seen]");
        Writer.Close();
        CallScenario(scenario, 0);
    }

    private string EnumArm(string name, CaseModel member)
    {
        string full = $"{name}.{member.Name}";
        string pattern = member.Fields.Length == 0 ? full : Random.Below(6) switch
        {
            0 => full,
            1 => $"{full}{{x}}",
            2 => $"{full}(x: {Random.Below(3)}, ...)",
            3 => $"{full}({string.Join(", ", member.Fields.Select(static field => field == "x" ? "x" : "_"))})",
            4 => $"{full}(x: (x: int), ...)",
            _ => $"{full}{{x: {Random.Below(4)} | nil}}",
        };
        string guard = Random.Chance(25) ? " if s % 3 == 1" : "";
        return $"{pattern}{guard} => {Random.Pick("s + 1", "s * 3 % 1009", "v", "s")}";
    }

    private string EnumStatement(string name, string dispatcher) => Random.Below(9) switch
    {
        0 or 1 => $"s = if {dispatcher}(v, s) is int {{ {dispatcher}(v, s) ?? 0 }} else {{ s + 1 }}",
        2 => "seen[v] = (seen[v] ?? 0) + 1",
        3 => "if v == items[(i + 1) % length(items)] { s += 1 }",
        4 => $"if v is {name} {{ s += v.ordinal + length(v.name) }}",
        5 => "if v is not nil { try { s += v.sum() } catch e { s += 2 } }",
        6 => "try { v.x = i } catch e { seen[e.message] = i }",
        7 => $"s += {name}.ordinalOf(items[0]) + length({name}.names)",
        _ => "if v in items { s += 1 }",
    };
}
