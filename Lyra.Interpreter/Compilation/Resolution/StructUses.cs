using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Options;
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
internal sealed class StructUses(
    SymbolTable symbols, TypeResolver types, ResolvedModule module, CompilerOptions options, DiagnosticBag diagnostics)
{
    /// <summary>The most structs of which each uses the next one.</summary>
    private const int MaxDepth = 100;

    /// <summary>The structs whose members are being collected.</summary>
    private HashSet<StructLayout> Open => field ??= [];

    private HashSet<StructLayout> Done => field ??= [];

    /// <summary>The struct in which each field of a used struct is declared.</summary>
    private Dictionary<FieldDeclaration, StructLayout> Origins => field ??= [];

    private ImportedStructs Imported => field ??= new(symbols, options);

    /// <summary>How this module reaches the structs of others that it names.</summary>
    private Dictionary<StructLayout, AdoptedStruct> Adopted => field ??= [];

    /// <summary>The struct that declares a field, which may be one that another uses.</summary>
    public StructLayout OriginOf(FieldDeclaration field, StructLayout layout) => Origins.GetValueOrDefault(field, layout);

    /// <summary>Collects the members of a struct, and before these of all that it uses.</summary>
    public void Complete(StructLayout layout)
    {
        if (layout.Declaration.Uses.IsEmpty || layout.IsComplete || !Done.Add(layout))
        {
            return;
        }

        Open.Add(layout);
        Members members = new(layout, module.Meter, diagnostics);
        List<StructLayout> used = [];
        OrderedDictionary<AdoptedStruct, bool> adopted = [];
        foreach (UseClause clause in layout.Declaration.Uses)
        {
            members.AddOwnFields(clause.Span.Start);
            if (Find(clause, layout) is { } other)
            {
                module.Meter.Count(CompilationCosts.Symbol * (1L + other.Used.Count));
                Complete(other);
                foreach (FieldDeclaration field in other.Fields)
                {
                    Origins.TryAdd(field, other);
                }

                members.Add(other, clause);
                used.Add(other);
                Adopt(other, adopted);
            }
        }

        members.AddOwnFields(layout.Declaration.Span.End);
        foreach (FieldDeclaration field in layout.Declaration.Fields)
        {
            Origins[field] = layout;
        }

        layout.Complete([.. members.Fields], [.. members.Methods], used, [.. adopted.Keys]);
        Open.Remove(layout);
    }

    /// <summary>Adds the structs of other modules that come with a used struct.</summary>
    private void Adopt(StructLayout used, OrderedDictionary<AdoptedStruct, bool> adopted)
    {
        IEnumerable<AdoptedStruct> added = used.Origin is null ? used.Adopted
            : Adopted.TryGetValue(used, out AdoptedStruct? named) ? [named]
            : [];
        foreach (AdoptedStruct other in added)
        {
            adopted.TryAdd(other, true);
        }
    }

    /// <summary>The struct that a clause names; null after a report.</summary>
    private StructLayout? Find(UseClause clause, StructLayout layout)
    {
        StructLayout? found = layout.Origin is { } origin ? Imported.FindIn(origin, clause) : FindHere(clause, layout);
        if (found is null)
        {
            string name = clause.Type.Module is null ? clause.Type.Name : $"{clause.Type.Module}.{clause.Type.Name}";
            Report(layout, CompilerDiagnostics.UnknownUse, clause.Type.Span, name);
            return null;
        }

        if (Open.Count == MaxDepth)
        {
            Report(layout, CompilerDiagnostics.UseTooDeep, clause.Span, $"{MaxDepth}");
            return null;
        }

        if (!Open.Contains(found))
        {
            return found;
        }

        Report(layout, CompilerDiagnostics.CircularUse, clause.Span, found.Declaration.Name);
        return null;
    }

    /// <summary>The struct that a clause of this module names: one of the module, or a public one of a module that it imports.</summary>
    private StructLayout? FindHere(UseClause clause, StructLayout layout)
    {
        NamedTypeNode type = clause.Type;
        Scope outer = symbols.Scope;
        symbols.Scope = layout.Symbol.Scope ?? outer;
        StructLayout? own = type.Module is null ? types.FindStruct(type.Name)?.Struct : null;
        Symbol? import = own is null ? types.FindImport(type.Module ?? type.Name) : null;
        symbols.Scope = outer;
        if (import is null)
        {
            return own;
        }

        string? member = type.Module is null ? null : type.Name;
        StructLayout? found = import.EarlierStruct is { } earlier && member is null ? earlier : Imported.Find(import.FileImport, member);
        if (found is not null)
        {
            Adopted.TryAdd(found, new AdoptedStruct(found, import.Slot, member, import.Earlier is not null));
        }

        return found;
    }

    /// <summary>Reports an error. Those in another module are reported when it is compiled.</summary>
    private void Report(StructLayout layout, DiagnosticDescriptor descriptor, SourceSpan span, params string[] details)
    {
        if (layout.Origin is null)
        {
            diagnostics.Report(descriptor, span, details);
        }
    }

    /// <summary>The annotation of a field of a struct, as the struct that declares the field means it.</summary>
    public SlotType? TypeOf(FieldDeclaration field, StructLayout origin, StructLayout layout)
    {
        if (field.Annotation is null || origin.Origin is not null)
        {
            // What an annotation in another module means is known when that has been imported.
            return null;
        }

        string slotName = $"field {field.Name} of {layout.Declaration.Name}";
        if (origin == layout)
        {
            return types.Resolve(field.Annotation, slotName);
        }

        Scope scope = symbols.Scope;
        symbols.Scope = origin.Symbol.Scope!;
        bool isKnown = module.Types.TryGetValue(field.Annotation, out SlotType? known);
        SlotType? type = isKnown ? module.TypeOf(field.Annotation) : types.Resolve(field.Annotation, slotName);
        symbols.Scope = scope;
        return type is null ? null : type with { SlotName = slotName };
    }

    /// <summary>Whether a field takes the place of one of a struct of another module.</summary>
    public static bool ReplacesAdopted(StructLayout layout, FieldDeclaration field) =>
        layout.Adopted.Count > 0 && layout.Adopted.Any(adopted => adopted.Struct.FieldIndex(field.Name) >= 0);

    /// <summary>Reports a field in the place of a used one that has another annotation.</summary>
    public void CheckReplaced(StructLayout layout, FieldDeclaration field, SlotType? type)
    {
        foreach (StructLayout used in layout.Used)
        {
            int index = used.FieldIndex(field.Name);
            if (index < 0 || used.Origin is not null)
            {
                continue;
            }

            FieldDeclaration replaced = used.Fields[index];
            SlotType? expected = TypeOf(replaced, OriginOf(replaced, used), layout);
            bool isSame = type is null ? expected is null : expected is not null && type.IsSameType(expected);
            if (!isSame)
            {
                string annotation = expected is null ? "none" : $"`{expected.Display()}`";
                diagnostics.Report(CompilerDiagnostics.OtherAnnotation, field.NameSpan, field.Name, used.Declaration.Name, annotation);
                return;
            }
        }
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
            if (known != member && layout.Origin is null)
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
