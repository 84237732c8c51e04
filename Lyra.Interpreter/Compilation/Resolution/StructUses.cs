using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Resolution;

/// <summary>
/// Gives structs the members of those that they use. A member of the struct itself comes first; its field takes the place of a used one. A
/// member that is reached in two ways is one member; two different ones are an error, unless the struct has its own.
/// </summary>
internal sealed class StructUses(SymbolTable symbols, TypeResolver types, ResolvedModule module, DiagnosticBag diagnostics)
{
    /// <summary>The most structs of which each uses the next one.</summary>
    private const int MaxDepth = 100;

    /// <summary>The structs whose members are being collected.</summary>
    private readonly HashSet<StructLayout> _open = [];

    private readonly HashSet<StructLayout> _done = [];

    /// <summary>The struct in which each field of a used struct is declared.</summary>
    private readonly Dictionary<FieldDeclaration, StructLayout> _origins = [];

    /// <summary>The struct that declares a field, which may be one that another uses.</summary>
    public StructLayout OriginOf(FieldDeclaration field, StructLayout layout) => _origins.GetValueOrDefault(field, layout);

    /// <summary>Collects the members of a struct, and before these of all that it uses.</summary>
    public void Complete(StructLayout layout)
    {
        if (layout.Declaration.Uses.IsEmpty || !_done.Add(layout))
        {
            return;
        }

        _open.Add(layout);
        Members members = new(layout, module.Meter, diagnostics);
        List<StructLayout> used = [];
        foreach (UseClause clause in layout.Declaration.Uses)
        {
            members.AddOwnFields(clause.Span.Start);
            if (Find(clause, layout) is { } other)
            {
                module.Meter.Count(CompilationCosts.Symbol * (1L + other.Used.Count));
                Complete(other);
                members.Add(other, clause);
                used.Add(other);
            }
        }

        members.AddOwnFields(layout.Declaration.Span.End);
        foreach (FieldDeclaration field in layout.Declaration.Fields)
        {
            _origins[field] = layout;
        }

        layout.Complete([.. members.Fields], [.. members.Methods], used);
        _open.Remove(layout);
    }

    /// <summary>The struct that a clause names; null after a report.</summary>
    private StructLayout? Find(UseClause clause, StructLayout layout)
    {
        Scope outer = symbols.Scope;
        symbols.Scope = layout.Symbol.Scope ?? outer;
        Symbol? symbol = clause.Type.Module is null ? types.FindStruct(clause.Type.Name) : null;
        symbols.Scope = outer;
        if (symbol?.Struct is not { } found)
        {
            string name = clause.Type.Module is null ? clause.Type.Name : $"{clause.Type.Module}.{clause.Type.Name}";
            diagnostics.Report(CompilerDiagnostics.UnknownUse, clause.Type.Span, name);
            return null;
        }

        if (_open.Count == MaxDepth)
        {
            diagnostics.Report(CompilerDiagnostics.UseTooDeep, clause.Span, $"{MaxDepth}");
            return null;
        }

        if (!_open.Contains(found))
        {
            foreach (FieldDeclaration field in found.Declaration.Fields)
            {
                _origins.TryAdd(field, found);
            }

            return found;
        }

        diagnostics.Report(CompilerDiagnostics.CircularUse, clause.Span, found.Declaration.Name);
        return null;
    }

    /// <summary>The members of one struct, while they are collected.</summary>
    private sealed class Members(StructLayout layout, WorkMeter meter, DiagnosticBag diagnostics)
    {
        private readonly Dictionary<string, FieldDeclaration> _own = OwnFields(layout);

        /// <summary>The members from used structs, by name, with the struct through which each came.</summary>
        private readonly Dictionary<string, (Node Member, StructLayout From)> _taken = [];

        private readonly HashSet<string> _ownMethods = [.. layout.Declaration.Methods.Select(static method => method.Name!)];
        private readonly HashSet<string> _placed = [];
        private int _next;

        public GrowableArray<FieldDeclaration> Fields { get; } = new();

        public List<ProcNode> Methods { get; } = [.. layout.Declaration.Methods];

        /// <summary>Adds the fields of the struct itself that stand before a position.</summary>
        public void AddOwnFields(int end)
        {
            for (; _next < layout.Declaration.Fields.Length && layout.Declaration.Fields[_next].Span.Start < end; _next++)
            {
                FieldDeclaration field = layout.Declaration.Fields[_next];
                if (_placed.Add(field.Name) || _own[field.Name] != field)
                {
                    Fields.Add(field);
                }
            }
        }

        /// <summary>Adds the fields and methods of a used struct.</summary>
        public void Add(StructLayout used, UseClause clause)
        {
            foreach (FieldDeclaration field in used.Fields)
            {
                if (_own.TryGetValue(field.Name, out FieldDeclaration? own))
                {
                    if (_placed.Add(field.Name))
                    {
                        Fields.Add(own);
                    }
                }
                else if (TryTake(field.Name, field, used, clause))
                {
                    Fields.Add(field);
                }
            }

            foreach (ProcNode method in used.Methods)
            {
                bool isMethod = method.Parameters.Length > 0 && method.Parameters[0].Name == "self";
                if (isMethod && TryTake(method.Name!, method, used, clause))
                {
                    Methods.Add(method);
                }
            }
        }

        /// <summary>Whether a member is to be added: the struct does not have it yet. Reports another one of its name.</summary>
        private bool TryTake(string name, Node member, StructLayout used, UseClause clause)
        {
            meter.Count(CompilationCosts.Symbol);
            if (_own.ContainsKey(name) || _ownMethods.Contains(name))
            {
                return false;
            }

            if (_taken.TryAdd(name, (member, used)))
            {
                return true;
            }

            (Node known, StructLayout from) = _taken[name];
            if (known != member)
            {
                diagnostics.Report(
                    CompilerDiagnostics.ConflictingUse, clause.Span, from.Declaration.Name, used.Declaration.Name, name);
            }

            return false;
        }

        private static Dictionary<string, FieldDeclaration> OwnFields(StructLayout layout)
        {
            Dictionary<string, FieldDeclaration> own = [];
            foreach (FieldDeclaration field in layout.Declaration.Fields)
            {
                own.TryAdd(field.Name, field);
            }

            return own;
        }
    }
}
