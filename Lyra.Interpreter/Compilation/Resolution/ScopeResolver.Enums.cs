using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>Enums.</summary>
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
        foreach (Symbol member in layout.Cases)
        {
            if (member.Struct is { } type)
            {
                ResolveStruct(type);
                names.UnionWith(type.Declaration.Fields.Select(static field => field.Name));
            }
        }

        if (layout.Plain is { } plain)
        {
            ResolveStruct(plain);
        }

        _symbols.Scope = body;
        ResolveMethods(layout.Methods, names, layout);
        _symbols.Scope = outer;
    }
}
