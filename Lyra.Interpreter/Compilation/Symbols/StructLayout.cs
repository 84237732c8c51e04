using System.Collections.Generic;
using System.Collections.Immutable;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>
/// The resolver's data about a declared struct: its fields by name, its methods, and its constructor, whose parameters are the fields. The
/// members of the structs that it uses are among them once <see cref="Complete"/> has been called.
/// </summary>
internal sealed class StructLayout
{
    private Dictionary<string, int>? _indexes;

    /// <summary>The adoption that each field of another module comes from; null before its first use.</summary>
    private Dictionary<FieldDeclaration, int>? _adoptions;

    /// <summary>The members, once those of other structs are among them; null without any.</summary>
    private AllMembers? _all;

    public StructLayout(Symbol symbol, StructDeclaration declaration, ProcContext constructor)
    {
        Symbol = symbol;
        Declaration = declaration;
        Constructor = constructor;
        HasUsers = declaration.IsPublic;
    }

    public Symbol Symbol { get; }

    public StructDeclaration Declaration { get; }

    public ProcContext Constructor { get; }

    /// <summary>The enum whose values it holds; null for a declared struct.</summary>
    public EnumLayout? Enum { get; init; }

    /// <summary>For a struct of one case of an enum: the position of the case; otherwise −1.</summary>
    public int Ordinal { get; init; } = -1;

    /// <summary>The module variable of the type that its instances have in annotations: of the struct, or of its enum.</summary>
    public int TypeSlot => Enum is null ? Symbol.Slot : Enum.Symbol.Slot;

    /// <summary>The fields, in the order of the constructor's parameters.</summary>
    public ImmutableArray<FieldDeclaration> Fields => _all?.Fields ?? Declaration.Fields;

    /// <summary>The procs that it declares, and the methods of the structs that it uses.</summary>
    public ImmutableArray<ProcNode> Methods => _all?.Methods ?? Declaration.Methods;

    /// <summary>The structs that it uses, and those that these use.</summary>
    public IReadOnlyCollection<StructLayout> Used => (IReadOnlyCollection<StructLayout>?)_all?.Used ?? [];

    /// <summary>The struct with all of its members, as later inputs of a session see it: as one of another module.</summary>
    public StructLayout AsOther()
    {
        StructLayout other = new(Symbol, Declaration, Constructor) { Origin = new ImportedModule() };
        other.Complete(Fields, Methods, [], []);
        return other;
    }

    /// <summary>Whether <see cref="Complete"/> has been called.</summary>
    public bool IsComplete => _all is not null;

    /// <summary>The module that declares it; null for this one.</summary>
    public ImportedModule? Origin { get; init; }

    /// <summary>
    /// The structs of other modules whose members it takes over, in the order of their clauses; also those of structs of this module that
    /// it uses. The position is the number of the adoption.
    /// </summary>
    public IReadOnlyList<AdoptedStruct> Adopted => _all?.Adopted ?? [];

    /// <summary>Whether another struct uses it, or may do so elsewhere, so that values of several structs are of its type.</summary>
    public bool HasUsers { get; private set; }

    /// <summary>The constructor's parameters, in the order of the fields.</summary>
    public List<Symbol> FieldSymbols { get; } = [];

    public int FieldIndex(string name) => (_indexes ??= IndexFields()).GetValueOrDefault(name, -1);

    /// <summary>Whether values of it are of the type of another struct, because it is that struct or uses it.</summary>
    public bool Is(StructLayout other) => this == other || (_all is not null && _all.Used.Contains(other));

    /// <summary>The default of a field; null if it has none.</summary>
    public Expression? DefaultOf(int field) => _all?.Defaults[field] ?? Fields[field].DefaultValue;

    /// <summary>Sets the copy of a default that comes from another struct.</summary>
    public void SetDefault(int field, Expression copy) => _all!.Defaults[field] = copy;

    /// <summary>Sets the members, once those of the structs that it uses are known.</summary>
    /// <param name="fields">All fields.</param>
    /// <param name="methods">All methods.</param>
    /// <param name="uses">The structs that it names.</param>
    /// <param name="adopted">The structs of other modules among these, and those that the others adopt.</param>
    public void Complete(
        ImmutableArray<FieldDeclaration> fields,
        ImmutableArray<ProcNode> methods,
        IEnumerable<StructLayout> uses,
        IReadOnlyList<AdoptedStruct> adopted)
    {
        _indexes = null;
        HashSet<StructLayout> all = [];
        foreach (StructLayout used in uses)
        {
            all.Add(used);
            all.UnionWith(used.Used);
        }

        foreach (StructLayout used in all)
        {
            used.HasUsers = true;
        }

        _all = new AllMembers(fields, methods, new Expression?[fields.Length], all, adopted);
    }

    /// <summary>The number of the adoption that a field comes from; −1 for fields of this module's structs.</summary>
    public int AdoptionOf(FieldDeclaration field) =>
        Adopted.Count == 0 ? -1 : (_adoptions ??= NumberAdoptions()).GetValueOrDefault(field, -1);

    /// <summary>Of a field that comes with several structs, the first one counts.</summary>
    private Dictionary<FieldDeclaration, int> NumberAdoptions()
    {
        Dictionary<FieldDeclaration, int> numbers = [];
        for (int i = 0; i < Adopted.Count; i++)
        {
            foreach (FieldDeclaration field in Adopted[i].Struct.Fields)
            {
                numbers.TryAdd(field, i);
            }
        }

        return numbers;
    }

    private Dictionary<string, int> IndexFields()
    {
        Dictionary<string, int> indexes = [];
        for (int i = 0; i < Fields.Length; i++)
        {
            indexes.TryAdd(Fields[i].Name, i);
        }

        return indexes;
    }

    /// <summary>The members of a struct that uses others.</summary>
    /// <param name="Fields">The fields.</param>
    /// <param name="Methods">The procs of the struct, and the methods of the others.</param>
    /// <param name="Defaults">The defaults of fields that come from others, as this struct evaluates them.</param>
    /// <param name="Used">The structs that it uses, and those that these use.</param>
    /// <param name="Adopted">Those of other modules that it or a struct of this module names.</param>
    private sealed record AllMembers(
        ImmutableArray<FieldDeclaration> Fields,
        ImmutableArray<ProcNode> Methods,
        Expression?[] Defaults,
        HashSet<StructLayout> Used,
        IReadOnlyList<AdoptedStruct> Adopted);
}

/// <summary>A struct of another module whose members a struct takes over.</summary>
/// <param name="Struct">The struct.</param>
/// <param name="Slot">The variable of this module that holds it, or the module.</param>
/// <param name="Member">Its name in the module that the variable holds; null if the variable holds the struct.</param>
/// <param name="IsEarlier">Whether an earlier input of the session has set the variable.</param>
internal sealed record AdoptedStruct(StructLayout Struct, int Slot, string? Member, bool IsEarlier);
