using System.Linq;
using Lyra.Generate.Sources;

namespace Lyra.Generate.Files;

/// <summary>The methods of ProcAdapter that become delegates: one per number of parameters, with and without a result.</summary>
internal static class ProcArities
{
    public static string Text(SourceRepository repository)
    {
        CodeWriter code = new("tools/Lyra.Generate/Files/ProcArities.cs");
        code.Lines(["using Lyra.Runtime.Values;", "", "namespace Lyra.Runtime.Hosting;", ""]);
        code.Line("/// <content>");
        code.Line("/// One method for each number of parameters: it writes the arguments, calls the proc, and reads the result.");
        code.Line("/// It allocates nothing.");
        code.Line("/// </content>");
        code.Open("internal sealed partial class ProcAdapter");
        WriteAll(code, hasResult: false);
        code.Line();
        WriteAll(code, hasResult: true);

        code.Close();
        return code.ToString();
    }

    private static void WriteAll(CodeWriter code, bool hasResult)
    {
        for (int count = 0; count <= DelegateArities.Most; count++)
        {
            if (count > 0)
            {
                code.Line();
            }

            Write(code, count, hasResult);
        }
    }

    private static void Write(CodeWriter code, int count, bool hasResult)
    {
        int[] numbers = DelegateArities.Numbers(count);
        string name = $"{(hasResult ? "Func" : "Action")}{count}{DelegateArities.TypeArguments(count, hasResult)}";
        string parameters = string.Join(", ", numbers.Select(n => $"T{n} a{n}"));
        string arguments = count == 0 ? "[]" : $"arguments[..{count}]";
        string call = $"_caller.Call(_proc, {arguments})";
        code.Open($"private {(hasResult ? "TResult" : "void")} {name}({parameters})");
        if (count > 0)
        {
            code.Line("Arguments arguments = default;");
            code.Lines(numbers.Select(n => $"arguments[{n - 1}] = HostWriter.WriteFor(a{n}, _caller);"));
        }

        code.Line(hasResult ? $"return Result<TResult>({call});" : $"{call};");
        code.Close();
    }
}
