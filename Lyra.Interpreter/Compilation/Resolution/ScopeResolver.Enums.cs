using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Enums, and the expressions that name them and their cases.</summary>
internal sealed partial class ScopeResolver
{
    private void ResolveEnum(EnumLayout layout)
    {
        layout.Symbol.IsReached = true;
        Scope outer = _symbols.Scope;
        _symbols.Scope = new Scope(outer, _symbols.Context);
        foreach (Symbol member in layout.Cases)
        {
            _symbols.Scope.TryAdd(member);
        }

        HashSet<string> names = [.. layout.Names];
        Scope body = _symbols.Scope;
        _symbols.Scope = new Scope(body, _symbols.Context);
        Symbol hash = _symbols.HiddenBuiltin(CaseMethods.Hash, "hash");
        _symbols.Scope.TryAdd(hash);

        // It is no variable of this scope, which a closure would capture.
        hash.Scope = null;
        foreach (StructLayout type in _module.Structs.Where(type => type.Enum == layout))
        {
            ResolveStruct(type);
            if (type != layout.Plain)
            {
                names.UnionWith(type.Declaration.Fields.Select(static field => field.Name));
            }
        }

        _symbols.Scope = body;
        ResolveMethods(layout.Methods, names, layout);
        _symbols.Scope = outer;
    }

    /// <summary>Reports the assignment of a field in a method of an enum.</summary>
    private void CheckAssignedMember(MemberExpression member)
    {
        if (member.Target is NameExpression && Annotations.EnumOfSelf(member.Target) is { } owner)
        {
            _diagnostics.Report(CompilerDiagnostics.AssignedCase, member.NameSpan, member.Name, owner.Symbol.Name);
        }
    }
}
