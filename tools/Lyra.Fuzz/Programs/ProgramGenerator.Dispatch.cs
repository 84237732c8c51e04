using System.Linq;

namespace Lyra.Fuzz.Programs;

/// <content>Procs with one large match, and loops that reach most of its arms: their regions are divided into several methods.</content>
internal sealed partial class ProgramGenerator
{
    private const int LeastArms = 33;
    private const int MostArms = 48;

    private void DispatchScenario()
    {
        int count = Random.Between(LeastArms, MostArms);
        (string pattern, string subject) = Random.Pick(
            ("@", "#"), ("\"k@\"", "\"k${#}\""), ("(@, x)", "(#, i)"), ("[@, ...x]", "[#, i]"),
            ("{\"k\": @, ...}", "{\"k\": #, \"i\": i}"));
        string dispatcher = NewName("f");
        string[] arms = [.. Enumerable.Range(0, count).Select(n => $"{Arm(pattern, n)} => {Result(n)}")];
        Writer.Open($"proc {dispatcher}(v, s)");
        Writer.Line($"return match v {{ {string.Join(", ", arms)}, _ => {Random.Pick("nil", "s", "-1")} }}");
        Writer.Close();
        string scenario = NewName("s");
        int step = Random.Pick(1, 3, 7);
        string value = Arm(subject, 0, $"(i * {step} % {count + Random.Below(3)})");
        Writer.Open($"proc {scenario}()");
        Writer.Line("var s = 0");
        Writer.Open($"for i in 0..{Random.Between(120, 400)}");
        Writer.Line($"let r = {dispatcher}({value}, s)");
        Writer.Line("s = if r is int { r % 1000003 } else { s + 1 }");
        Writer.Close();
        Writer.Line("return s");
        Writer.Close();
        CallScenario(scenario, 0);
    }

    private static string Arm(string pattern, int number, string? value = null) => pattern
        .Replace("@", $"{number}", System.StringComparison.Ordinal)
        .Replace("#", value ?? $"{number}", System.StringComparison.Ordinal);

    private string Result(int number) => Random.Below(10) switch
    {
        0 => $"s * {number + 2}",
        1 => $"s - {number}",
        2 => $"same({number})",
        3 => $"\"t{number}\"",
        4 => "length([s, v])",
        5 => $"if s > {number * 50} {{ s / 2 }} else {{ s + 1 }}",
        _ => $"s + {number}",
    };
}
