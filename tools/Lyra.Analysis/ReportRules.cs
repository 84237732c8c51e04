using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Lyra.Analysis;

/// <summary>
/// The reports of the analysis: 20xx what fails whenever it runs, 21xx what is probably not meant, 22xx what is not used. The meaning of a
/// code never changes; new codes are added at the end of their group.
/// </summary>
internal static class ReportRules
{
    public static readonly ReportRule UnknownMember = Error("LY2001", "member", "{0} has no member `{1}`{2}");
    public static readonly ReportRule TooManyArguments = Error("LY2002", "arguments", "`{0}` takes {1}, but {2}; remove the rest.");
    public static readonly ReportRule TooFewArguments = Error("LY2003", "arguments", "`{0}` is missing the argument `{1}`.");
    public static readonly ReportRule UnknownArgument = Error("LY2004", "arguments", "`{0}` has no parameter `{1}`{2}");
    public static readonly ReportRule FailingOperator = Error("LY2005", "operator", "`{0}` can't take {1} and {2}; {3}.");
    public static readonly ReportRule FailingSign = Error("LY2006", "operator", "`{0}` can't take {1}; {2}.");
    public static readonly ReportRule NotCallable = Error("LY2007", "call", "A value of type {0} can't be called{1}.");
    public static readonly ReportRule NotIterable = Error("LY2008", "loop", "`for` can't iterate over a value of type {0}{1}.");
    public static readonly ReportRule NotIndexable = Error("LY2009", "index", "A value of type {0} has no elements to index.");
    public static readonly ReportRule UnknownModule = Error("LY2010", "import", "There is no module `{0}`{1}");
    public static readonly ReportRule UnknownExport = Error("LY2011", "import", "The module `{0}` exports no `{1}`{2}");
    public static readonly ReportRule ReadOnlyMember = Error("LY2012", "member", "`{0}` of {1} can't be assigned; it has no such field.");

    public static readonly ReportRule NeverEqual = Warning("LY2101", "comparison", "`{0}` is always {1}: {2} never equals {3}.");
    public static readonly ReportRule NeverOfType = Warning("LY2102", "comparison", "`{0}` is always {1}: the value is of type {2}.");
    public static readonly ReportRule Unreachable =
        Warning("LY2103", "unreachable", "This is never reached; remove it or the exit before it.");

    public static readonly ReportRule MissingAwait =
        Warning("LY2104", "await", "`{0}` gives a task, which is always true; write `await` before the call.");

    public static readonly ReportRule UncalledMethod =
        Warning("LY2105", "uncalled", "`{0}` is a method of {1} and is not called here; write `{0}()`.");

    public static readonly ReportRule ProcAsElement =
        Warning("LY2106", "element", "`{0}` compares the elements with the proc itself; write `{1}` to test each element.");

    public static readonly ReportRule IsVariable =
        Warning("LY2107", "identity", "`{0}` is a variable and no type, so `{1}` compares identity; write `{2}` to compare values.");

    public static readonly ReportRule UnusedValue = Warning("LY2108", "value", "The value of this is not used; {0}.");

    public static readonly ReportRule UnusedVariable =
        Warning("LY2201", "unused", "The variable `{0}` is never read; remove it, or name it `_{0}`.");

    public static readonly ReportRule UnusedParameter =
        Warning("LY2202", "unused", "The parameter `{0}` is never read; remove it, or name it `_{0}`.");

    public static readonly ReportRule UnusedImport = Warning("LY2203", "unused", "The import `{0}` is never used; remove it.");

    public static readonly ReportRule UnusedProc =
        Warning("LY2204", "unused", "The proc `{0}` is never used; remove it, or write `pub` before it.");

    public static readonly ReportRule NeverRead =
        Warning("LY2205", "unread", "`{0}` is filled but never read; read it, or remove it.");

    /// <summary>All rules, in the order of their codes.</summary>
    public static IReadOnlyList<ReportRule> All { get; } =
    [
        .. typeof(ReportRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => field.GetValue(null))
            .OfType<ReportRule>()
            .OrderBy(static rule => rule.Code, System.StringComparer.Ordinal),
    ];

    private static ReportRule Error(string code, string name, string message) => new(code, name, DiagnosticSeverity.Error, message);

    private static ReportRule Warning(string code, string name, string message) => new(code, name, DiagnosticSeverity.Warning, message);
}
