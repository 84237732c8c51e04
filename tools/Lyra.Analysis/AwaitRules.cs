using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Tasks in the place of their results.</summary>
internal static class AwaitRules
{
    public static void CheckCondition(Walker walker, Expression condition, KnownType type)
    {
        if (type.IsOnly(ValueKind.Task))
        {
            Report(walker, condition);
        }
    }

    public static void Report(Walker walker, Expression task)
    {
        string text = walker.Module.Source.GetText(task is CallExpression call ? call.Callee.Span : task.Span);
        walker.Report(ReportRules.MissingAwait, task.Span, text);
    }
}
