using System.Linq;
using Lyra.Generate.Sources;

namespace Lyra.Generate.Files;

/// <summary>The handlers of DelegateAdapter: one per number of parameters, for delegates with and without a result.</summary>
internal static class DelegateArities
{
    /// <summary>The most parameters. A test checks that it equals <c>Arguments.Capacity</c> of Lyra.Runtime.</summary>
    public const int Most = 8;

    public static string Text(SourceRepository repository)
    {
        CodeWriter code = new("tools/Lyra.Generate/Files/DelegateArities.cs");
        code.Lines(["using System;", "using Lyra.Runtime.Execution;", "using Lyra.Runtime.Values;"]);
        code.Lines(["", "namespace Lyra.Runtime.Hosting;", ""]);
        code.Line("/// <content>");
        code.Line("/// One handler for each number of parameters: it reads the arguments, calls the delegate, and writes the result.");
        code.Line("/// It boxes nothing.");
        code.Line("/// </content>");
        code.Open("internal sealed partial class DelegateAdapter");
        WriteAll(code, hasResult: false);
        code.Line();
        WriteAll(code, hasResult: true);

        code.Close();
        return code.ToString();
    }

    /// <summary>Type arguments in angle brackets; empty when there are none.</summary>
    public static string TypeArguments(int count, bool hasResult)
    {
        string[] types = [.. Numbers(count).Select(n => $"T{n}"), .. hasResult ? ["TResult"] : (string[])[]];
        return types.Length == 0 ? string.Empty : $"<{string.Join(", ", types)}>";
    }

    public static int[] Numbers(int count) => [.. Enumerable.Range(1, count)];

    private static void WriteAll(CodeWriter code, bool hasResult)
    {
        for (int count = 0; count <= Most; count++)
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
        string name = hasResult ? "Func" : "Action";
        string types = TypeArguments(count, hasResult);
        string call = $"(({name}{types})_target)({string.Join(", ", Numbers(count).Select(n => $"a{n}"))})";
        code.Open($"private Value {name}{count}{types}(ScriptContext context, ReadOnlySpan<Value> arguments)");
        code.Lines(Numbers(count).Select(n => $"T{n} a{n} = Read<T{n}>(context, arguments, {n - 1});"));
        code.Line("context.HasForeignAllocations = true;");
        code.Open("try");
        code.Lines(hasResult ? [$"return Result(context, arguments, {call});"] : [$"{call};", "return default;"]);
        code.Close();
        code.Open("catch (Exception e)");
        code.Line("throw Failed(context, e);");
        code.Close();
        code.Close();
    }
}
