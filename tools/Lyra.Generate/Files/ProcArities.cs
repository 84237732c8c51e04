using System.Linq;
using Lyra.Generate.Sources;

namespace Lyra.Generate.Files;

/// <summary>The methods of ProcAdapter that become delegates: one per number of parameters, with and without a result.</summary>
internal static class ProcArities
{
    public static string Text(SourceRepository repository)
    {
        CodeWriter code = new("tools/Lyra.Generate/Files/ProcArities.cs");
        code.Lines(["using System;", "using System.Threading;", "using Lyra.Runtime.Values;", "", "namespace Lyra.Runtime.Hosting;", ""]);
        code.Line("/// <content>");
        code.Line("/// One method for each number of parameters: it writes the arguments, calls the proc, and reads the result.");
        code.Line("/// It allocates nothing, unless the result is a task.");
        code.Line("/// </content>");
        code.Open("internal sealed partial class ProcAdapter");
        WriteAll(code, "Action");
        code.Line();
        WriteAll(code, "Func");
        code.Line();
        WriteAll(code, "Async");

        code.Close();
        return code.ToString();
    }

    private static void WriteAll(CodeWriter code, string kind)
    {
        for (int count = 0; count <= DelegateArities.Most; count++)
        {
            if (count > 0)
            {
                code.Line();
            }

            Write(code, count, kind);
        }
    }

    private static void Write(CodeWriter code, int count, string kind)
    {
        bool hasResult = kind != "Action";
        int[] numbers = DelegateArities.Numbers(count);
        string name = $"{kind}{count}{DelegateArities.TypeArguments(count, hasResult)}";
        string parameters = string.Join(", ", numbers.Select(n => $"T{n} a{n}"));
        string arguments = count == 0 ? "[]" : "WithoutToken(arguments), token";
        code.Open($"private {(hasResult ? "TResult" : "void")} {name}({parameters})");
        if (count > 0)
        {
            code.Line("CancellationToken token = default;");
            code.Line("Span<Value> arguments =");
            code.Line("[");
            code.Lines(numbers.Select(n => $"    Write(a{n}, ref token),"));
            code.Line("];");
        }

        code.Line(kind switch
        {
            "Action" => $"_caller.Call(_proc, {arguments});",
            "Func" => $"return Result<TResult>(_caller.Call(_proc, {arguments}));",
            _ => $"return (TResult)_task!.Start(_caller, _proc, {arguments});",
        });
        code.Close();
    }
}
