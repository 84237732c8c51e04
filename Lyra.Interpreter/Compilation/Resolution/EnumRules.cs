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

    public static void CheckCall(CallExpression call, ResolvedModule module, DiagnosticBag diagnostics)
    {
        if (module.SymbolOf(call.Callee) is { Kind: SymbolKind.Case, Struct: null } member)
        {
            diagnostics.Report(CompilerDiagnostics.CalledCase, call.Span, $"{member.Enum!.Symbol.Name}.{member.Name}");
        }
    }

    public static void CheckLiteral(StructLiteral literal, ResolvedModule module, DiagnosticBag diagnostics)
    {
        if (module.SymbolOf(literal.Type) is { Kind: SymbolKind.Case } member)
        {
            string arguments = member.Struct is null ? "" : "(…)";
            diagnostics.Report(
                CompilerDiagnostics.CaseInBraces, literal.Span, $"{member.Enum!.Symbol.Name}.{member.Name}{arguments}");
        }
    }
}
