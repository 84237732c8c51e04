using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Copies maps and structs to records, classes and structs of the host, and back to maps. Names match if they are equal but for the case
/// of the first letter: <c>firstName</c> in a script is <c>FirstName</c> or <c>firstName</c> in .NET.
/// </summary>
/// <remarks>
/// A copy is made by the public constructor with the most parameters whose required ones are present, then by the settable properties.
/// Keys without a parameter or property are ignored.
/// </remarks>
internal sealed class HostRecords
{
    /// <summary>The members of a record that are used.</summary>
    public const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    private static readonly TypeTable<HostRecords?> Known = new();

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    private readonly Type _type;
    private readonly Constructor[] _constructors;
    private readonly Member[] _properties;

    private HostRecords([DynamicallyAccessedMembers(Members)] Type type)
    {
        _type = type;
        _properties = PropertiesOf(type);
        List<Constructor> constructors = [];
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            if (!Array.Exists(constructor.GetParameters(), static p => ProcAdapter.IsByRefOrPointer(p.ParameterType)))
            {
                constructors.Add(new Constructor(constructor, _properties));
            }
        }

        if (type.IsValueType && constructors.Count == 0)
        {
            constructors.Add(new Constructor(null, _properties));
        }

        constructors.Sort(static (a, b) => b.Parameters.Length - a.Parameters.Length);
        _constructors = [.. constructors];
    }

    /// <summary>Returns the copies of a type; null for a type that is no record of the host, such as those of .NET itself.</summary>
    public static HostRecords? For(Type type) => Known.TryGetValue(type, out HostRecords? known) ? known
        : IsReflected ? Known.GetOrAdd(type, Reflect)
        : null;

    /// <summary>What to do about a type that would be found by reflection, and is not in this program; null for other types.</summary>
    public static string? HintFor(Type type) => IsReflected || !IsRecord(type) || Known.Contains(type) ? null
        : $"This program is trimmed, so call LyraConversions.Register<{type.Name}>() first.";

    /// <summary>Makes a type known in a program whose types are not reflected on.</summary>
    public static void Learn<[DynamicallyAccessedMembers(Members)] T>()
    {
        if (!IsReflected)
        {
            Named<T>.Learn();
        }
    }

    /// <summary>Copies a map or struct; false for other values, and if something is missing or does not fit.</summary>
    public bool TryRead(in Value value, ScriptContext? context, out object? result)
    {
        result = null;
        if (!IsSource(value) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        context?.Charge(1);
        context?.ChargeCopy(32 + (16L * _properties.Length));
        try
        {
            return TryCopy(value, context, out result);
        }
        catch (Exception e) when (context is not (null or DetachedContext))
        {
            // The constructor or a property is code of the host, which may throw anything.
            throw DelegateAdapter.Failed(context, e);
        }
    }

    private bool TryCopy(Value source, ScriptContext? context, out object? result)
    {
        result = null;
        if (Array.Find(_constructors, c => c.MissingIn(source).Count == 0) is not { } constructor
            || !constructor.TryInvoke(source, context, _type, out result))
        {
            return false;
        }

        foreach (Member property in constructor.Others)
        {
            if (property.TryFind(source, out Value item))
            {
                if (!HostReader.TryRead(item, property.Type, context, out object? read))
                {
                    return false;
                }

                property.Property!.SetValue(result, read, BindingFlags.DoNotWrapExceptions, null, null, null);
            }
        }

        return true;
    }

    /// <summary>Says why a map or struct can't be copied; null for other values.</summary>
    public string? Explain(in Value value)
    {
        if (!IsSource(value))
        {
            return null;
        }

        List<string>? missing = null;
        foreach (Constructor constructor in _constructors)
        {
            List<string> names = constructor.MissingIn(value);
            missing = missing is null || names.Count < missing.Count ? names : missing;
        }

        if (missing is { Count: > 0 })
        {
            return $"it has no '{string.Join("' and no '", missing)}'";
        }

        foreach (Member property in _properties)
        {
            if (property.TryFind(value, out Value item) && !MayFit(item, property.Type))
            {
                return $"its '{property.ScriptName}' of type {Throw.TypeName(item)} can't be converted to {property.Type}";
            }
        }

        return "it is nested too deeply, or contains itself";
    }

    /// <summary>False for a value that certainly can't be converted.</summary>
    private static bool MayFit(in Value value, Type type)
    {
        try
        {
            return HostReader.TryRead(value, type, null, out _);
        }
        catch (LyraLimitException)
        {
            return true;
        }
    }

    /// <summary>The readable properties of an object with their names in scripts, in the order of their declaration.</summary>
    public IEnumerable<(string Name, object? Value)> Read(object o)
    {
        foreach (Member member in _properties)
        {
            if (member.Property is { CanRead: true } property)
            {
                yield return (member.ScriptName, property.GetValue(o, BindingFlags.DoNotWrapExceptions, null, null, null));
            }
        }
    }

    /// <summary>
    /// Whether types are found by reflection. Trimmed programs switch it off (the package does that), because they do not have what it
    /// finds. They name the types: <see cref="LyraConversions"/>.
    /// </summary>
    [FeatureSwitchDefinition("Lyra.RecordReflection")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    private static bool IsReflected { get; } = !AppContext.TryGetSwitch("Lyra.RecordReflection", out bool isOn) || isOn;

    [RequiresUnreferencedCode("The constructors and properties of the type are found by reflection.")]
    private static HostRecords? Reflect(Type type) => Create(type);

    private static HostRecords? Create([DynamicallyAccessedMembers(Members)] Type type) =>
        IsRecord(type) && new HostRecords(type) is { _constructors.Length: > 0, _properties.Length: > 0 } found ? found : null;

    private static bool IsSource(in Value value) => value.Ref is MapObject or StructObject;

    private static bool IsRecord(Type type) => type is { IsAbstract: false, IsPrimitive: false, IsEnum: false, IsByRefLike: false }
        && (type.IsClass || type.IsValueType) && !type.ContainsGenericParameters
        && type.Namespace is not "System" && type.Namespace?.StartsWith("System.", StringComparison.Ordinal) != true
        && !typeof(Delegate).IsAssignableFrom(type) && !typeof(Task).IsAssignableFrom(type)
        && type.Assembly != typeof(HostRecords).Assembly && !typeof(IScriptCaller).IsAssignableFrom(type);

    private static Member[] PropertiesOf([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        List<Member> members = [];
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetIndexParameters().Length == 0 && !ProcAdapter.IsByRefOrPointer(property.PropertyType))
            {
                bool isRequired = property.IsDefined(typeof(RequiredMemberAttribute), inherit: true);
                members.Add(new Member(property.Name, property.PropertyType, isRequired) { Property = property });
            }
        }

        return [.. members];
    }

    /// <summary>A type that the program names. It is learned once.</summary>
    private static class Named<[DynamicallyAccessedMembers(Members)] T>
    {
        static Named()
        {
            if (Create(typeof(T)) is { } records)
            {
                Known.Set(typeof(T), records);
                HostConverters.Forget(typeof(T));
            }
        }

        public static void Learn()
        {
        }
    }

    /// <summary>A parameter or property.</summary>
    private sealed class Member(string name, Type type, bool isRequired)
    {
        private readonly Value _hostKey = Value.FromText(name);
        private readonly Value _scriptKey = Value.FromText(CamelCase.Of(name));

        public string ScriptName { get; } = CamelCase.Of(name);

        public Type Type => type;

        public bool IsRequired => isRequired;

        public PropertyInfo? Property { get; init; }

        /// <summary>Finds the field of a struct or the value under the key of a map.</summary>
        public bool TryFind(in Value source, out Value found) =>
            TryFind(source, ScriptName, _scriptKey, out found) || TryFind(source, name, _hostKey, out found);


        private static bool TryFind(in Value source, string name, in Value key, out Value found)
        {
            found = default;
            if (source.Ref is MapObject map)
            {
                bool isPresent = map.TryGet(DetachedContext.ForScriptValues, key, out found);
                EngineBoundary.ExitFrom(map, found);
                return isPresent;
            }

            StructObject instance = (StructObject)source.Ref!;
            int field = instance.Shape.IndexOf(name);
            found = field < 0 ? default : instance.Slot(field);
            EngineBoundary.ExitFrom(instance, found);
            return field >= 0;
        }
    }

    /// <summary>A constructor with its parameters, and the properties that are set after it.</summary>
    private sealed class Constructor
    {
        private readonly ConstructorInfo? _constructor;
        private readonly ParameterInfo[] _declared;

        /// <param name="constructor">The constructor; null for that of a struct without one.</param>
        /// <param name="properties">All properties of the type.</param>
        public Constructor(ConstructorInfo? constructor, Member[] properties)
        {
            _constructor = constructor;
            _declared = constructor?.GetParameters() ?? [];
            Parameters = Array.ConvertAll(
                _declared, static p => new Member(p.Name ?? $"arg{p.Position}", p.ParameterType, !p.HasDefaultValue));
            Others = Array.FindAll(properties, p => p.Property!.SetMethod is { IsPublic: true }
                && !Array.Exists(Parameters, q => string.Equals(q.ScriptName, p.ScriptName, StringComparison.Ordinal)));
            SetsRequired = constructor?.IsDefined(typeof(SetsRequiredMembersAttribute), inherit: false) == true;
        }

        public Member[] Parameters { get; }

        public Member[] Others { get; }

        private bool SetsRequired { get; }

        /// <summary>The names in scripts of what the constructor and the required properties need and the value does not have.</summary>
        public List<string> MissingIn(Value source)
        {
            List<string> missing = [];
            foreach (Member member in (ReadOnlySpan<Member>)[.. Parameters, .. SetsRequired ? [] : Others])
            {
                if (member.IsRequired && !member.TryFind(source, out _))
                {
                    missing.Add(member.ScriptName);
                }
            }

            return missing;
        }

        public bool TryInvoke(
            in Value source,
            ScriptContext? context,
            [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type,
            out object? result)
        {
            result = null;
            object?[] arguments = new object?[Parameters.Length];
            for (int i = 0; i < arguments.Length; i++)
            {
                if (!Parameters[i].TryFind(source, out Value item))
                {
                    arguments[i] = HostDefaults.Of(_declared[i]);
                }
                else if (!HostReader.TryRead(item, Parameters[i].Type, context, out arguments[i]))
                {
                    return false;
                }
            }

            result = _constructor is null
                ? Activator.CreateInstance(type)
                : _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return true;
        }
    }
}
