using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>What expressions may not do with enums and their cases.</summary>
internal static class EnumRules
{
    /// <summary>Reports what can't be said of an enum or a case by a member.</summary>
    public static void CheckMember(MemberExpression member, EnumLayout? target, DiagnosticBag diagnostics)
    {
        bool listsCases = member.Name == "cases" && target is { } owner && !owner.Declares(member.Name)
            && owner.Cases.Exists(static found => found.Struct is not null);
        if (listsCases)
        {
            diagnostics.Report(CompilerDiagnostics.CasesWithFields, member.NameSpan, ((NameExpression)member.Target).Name);
        }
    }

    /// <summary>Reports the call of a case without fields.</summary>
    public static void CheckCall(CallExpression call, ResolvedModule module, DiagnosticBag diagnostics)
    {
        if (module.SymbolOf(call.Callee) is { Kind: SymbolKind.Case, Struct: null } member)
        {
            diagnostics.Report(CompilerDiagnostics.CalledCase, call.Span, $"{member.Enum!.Symbol.Name}.{member.Name}");
        }
    }

    /// <summary>Reports braces after a case, which make no value.</summary>
    public static void CheckLiteral(StructLiteral literal, ResolvedModule module, DiagnosticBag diagnostics)
    {
        if (module.SymbolOf(literal.Type) is { Kind: SymbolKind.Case } member)
        {
            string arguments = member.Struct is null ? "" : "(…)";
            diagnostics.Report(
                CompilerDiagnostics.CaseInBraces, literal.Span, $"{member.Enum!.Symbol.Name}.{member.Name}{arguments}");
        }
    }

    /// <summary>Reports the assignment of a member of <c>self</c> in a method of an enum.</summary>
    public static void CheckAssigned(MemberExpression member, EnumLayout? self, DiagnosticBag diagnostics)
    {
        if (self is not null)
        {
            diagnostics.Report(CompilerDiagnostics.AssignedCase, member.NameSpan, member.Name, self.Symbol.Name);
        }
    }
}
