using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <content>
/// Members of structs of other modules. The compiler knows their names from the source of the other module; their types, defaults and
/// methods are in its compiled form. The struct takes these over, in place, as soon as the import has run. Before that it has no instances.
/// </content>
internal sealed partial class Shape
{
    /// <summary>The structs of other modules that it uses, in the order of the compiler's numbers.</summary>
    private Shape[] _adopted = [];

    /// <summary>The structs of other modules whose types its instances have: those, and all that these use. Null for none.</summary>
    private HashSet<Shape>? _otherTypes;

    /// <summary>Whether it has members of structs of other modules.</summary>
    public bool Adopts => _info.Adoptions > 0;

    /// <summary>Whether it has all of its members.</summary>
    public bool IsComplete => _adopted.Length == _info.Adoptions;

    /// <summary>A list of fields, with a mark behind those with a default, by which both sides of an adoption are compared.</summary>
    public static string DescribeFields(IEnumerable<(string Name, bool HasDefault)> fields) =>
        string.Join(',', fields.Select(static field => field.HasDefault ? field.Name + "?" : field.Name));

    /// <summary>The struct of another module that an adoption took the members of.</summary>
    /// <exception cref="ScriptErrorException">ValueError: it has not happened yet.</exception>
    public Shape Adopted(int number) => (uint)number < (uint)_adopted.Length ? _adopted[number] : throw Incomplete();

    /// <summary>Takes over the members of a struct of another module. The struct's own members come first.</summary>
    /// <param name="context">Charged for the tables.</param>
    /// <param name="used">The other struct.</param>
    /// <param name="expected">Its fields, as <see cref="DescribeFields"/> gives them, when the module was compiled.</param>
    /// <exception cref="ScriptErrorException">
    /// ValueError when the other struct has other fields, or does not have all of its own members yet; TypeError when a field in the place
    /// of a used one has another annotation.
    /// </exception>
    public void Adopt(ScriptContext context, Shape used, string expected)
    {
        if (IsComplete)
        {
            throw Throw.ValueError($"struct {Name} has taken over all members already");
        }

        if (!used.IsComplete)
        {
            throw used.Incomplete();
        }

        string fields = DescribeFields(used.Fields.Select(static field => (field.Name, field.HasDefault)));
        if (fields != expected || !Array.TrueForAll(used.Fields, field => _fieldIndices.ContainsKey(field.Name)))
        {
            throw Throw.ValueError($"the fields of struct {used.Name} have changed since {Name} was compiled; compile {Name} again");
        }

        int methods = used._methods?.Count ?? 0;
        context.ChargeMemory(BytesFor(used.Fields.Length, methods));
        context.Charge(used.Fields.Length + methods);
        for (int i = 0; i < used.Fields.Length; i++)
        {
            AdoptField(used, i, _fieldIndices[used.Fields[i].Name]);
        }

        foreach ((string name, Closure method) in used._methods ?? [])
        {
            if (FindStatic(name) is null && !_fieldIndices.ContainsKey(name))
            {
                (_methods ??= []).TryAdd(name, method);
            }
        }

        DescribeMethods();
        AddTypes(context, used);

        // The last step, because from here on there may be instances, and code that compiles another region may read the tables.
        _adopted = [.. _adopted, used];
    }

    /// <summary>Converts the fields that come from structs of other modules, as a store does.</summary>
    /// <param name="context">The run.</param>
    /// <param name="fields">The values of all fields.</param>
    /// <exception cref="ScriptErrorException">ValueError for a struct without all members; TypeError as for a store.</exception>
    public void ConvertAdopted(ScriptContext context, Span<Value> fields)
    {
        if (!IsComplete)
        {
            throw Incomplete();
        }

        for (int i = 0; i < fields.Length; i++)
        {
            if (_info.Fields[i].Adoption >= 0 && FieldTypes[i] is { } type)
            {
                SlotCheck.Convert(context, type, ref fields[i]);
            }
        }
    }

    /// <summary>Whether a field comes from a struct of another module.</summary>
    public bool IsAdopted(int field) => _info.Fields[field].Adoption >= 0;

    private void AdoptField(Shape used, int index, int own)
    {
        BoundType? type = used.FieldTypes[index];
        if (_info.Fields[own].Adoption < 0)
        {
            if (!AreSame(FieldTypes[own], type))
            {
                string annotation = type is null ? "none" : $"`{type.Type.Display()}`";
                throw Throw.TypeError(
                    $"the field '{Fields[own].Name}' of {Name} takes the place of one of {used.Name} "
                    + $"and must have its annotation, {annotation}");
            }

            return;
        }

        if (_info.Fields[own].Adoption == _adopted.Length)
        {
            FieldTypes[own] = type is null ? null
                : new BoundType(type.Type with { SlotName = $"field {Fields[own].Name} of {Name}" }, type.Module);
        }
    }

    /// <summary>Whether two annotations, of different modules, mean the same type.</summary>
    private static bool AreSame(BoundType? a, BoundType? b)
    {
        if (a is null || b is null)
        {
            return a is null && b is null;
        }

        (a, b) = (SlotCheck.FindDeclared(a) ?? a, SlotCheck.FindDeclared(b) ?? b);
        if (a.Kind != b.Kind || a.Type.IsNullable != b.Type.IsNullable || a.ArgumentCount != b.ArgumentCount)
        {
            return false;
        }

        bool isNamed = a.Type.StructName is not null;
        bool isSame = !isNamed || ReferenceEquals(TypeOf(a), TypeOf(b));
        for (int i = 0; i < a.ArgumentCount && isSame; i++)
        {
            isSame = AreSame(a.Argument(i), b.Argument(i));
        }

        return isSame;
    }

    /// <summary>The struct or enum that an annotation names.</summary>
    private static object? TypeOf(BoundType type) => (object?)SlotCheck.FindLastingShape(type) ?? SlotCheck.FindLastingEnum(type);

    private bool HasAdopted(Shape other) => _otherTypes is not null && _otherTypes.Contains(other);

    private void AddTypes(ScriptContext context, Shape used)
    {
        HashSet<Shape> types = _otherTypes is null ? [] : [.. _otherTypes];
        types.Add(used);
        Value[] variables = used.Constructor.Code.Module.Slots;
        foreach (int variable in used._info.Uses)
        {
            types.Add((Shape)variables[variable].Ref!);
        }

        types.UnionWith(used._otherTypes ?? []);
        context.Charge(types.Count);
        context.ChargeMemory(32L * types.Count);
        _otherTypes = types;
    }

    private ScriptErrorException Incomplete() => Throw.ValueError(
        $"struct {Name} has not taken over the members of the structs that it uses: the import of their module has not run yet");
}
