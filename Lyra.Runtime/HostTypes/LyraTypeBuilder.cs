using System;
using System.Collections.Generic;
using System.Reflection;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra;

/// <summary>Collects the members that a .NET type has in scripts. Each method returns the builder.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class LyraTypeBuilder<T>
    where T : notnull
{
    private static readonly string[] PropertyNames = ["self", "value"];
    private static readonly string[] IndexerNames = ["self", "index", "value"];

    private readonly Dictionary<string, List<Intrinsic>> _methods = [];
    private readonly Dictionary<string, List<Intrinsic>> _statics = [];
    private readonly Dictionary<string, List<Intrinsic>> _operators = [];
    private readonly List<Intrinsic> _constructors = [];
    private readonly List<Intrinsic> _indexGetters = [];
    private readonly List<Intrinsic> _indexSetters = [];
    private readonly List<HostMember> _properties = [];
    private readonly List<HostMember> _staticProperties = [];
    private Intrinsic? _text;

    internal LyraTypeBuilder(string name)
    {
        MemberName.Check(name);
        TypeName = name;
    }

    /// <summary>The name of the type in scripts.</summary>
    public string TypeName { get; }

    /// <summary>Whether anything was added.</summary>
    internal bool HasMembers => _text is not null || _methods.Count + _statics.Count + _operators.Count + _constructors.Count
        + _indexGetters.Count + _indexSetters.Count + _properties.Count + _staticProperties.Count > 0;

    /// <summary>Adds a property.</summary>
    /// <param name="name">The name in scripts.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="set">
    /// Writes it; null for a property that scripts can only read. It is not used for a .NET struct, because scripts hold a copy of it.
    /// </param>
    /// <exception cref="ArgumentException">The name is not an identifier.</exception>
    public LyraTypeBuilder<T> Property<TValue>(string name, Func<T, TValue> get, Action<T, TValue>? set = null)
    {
        ArgumentNullException.ThrowIfNull(get);
        AddProperty(name, get, set, isStatic: false);
        return this;
    }

    /// <summary>Adds a method, or an overload of one.</summary>
    /// <param name="name">The name in scripts.</param>
    /// <param name="method">
    /// The method, with the object as its first parameter. Parameters with a default value are optional; a <c>params</c> array takes any
    /// number of arguments; a script passes no argument for a <see cref="System.Threading.CancellationToken"/>.
    /// </param>
    /// <exception cref="ArgumentException">The name is not an identifier, the first parameter is not a <typeparamref name="T"/>, or a
    /// parameter has a type that no script value converts to.</exception>
    public LyraTypeBuilder<T> Method(string name, Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        RequireReceiver(name, method);
        AddMethod(name, method, described: null, isStatic: false);
        return this;
    }

    /// <summary>Adds a constructor, or an overload of one: scripts call the type's name.</summary>
    /// <param name="constructor">Makes an object.</param>
    /// <exception cref="ArgumentException">A parameter has a type that no script value converts to.</exception>
    public LyraTypeBuilder<T> Constructor(Delegate constructor)
    {
        ArgumentNullException.ThrowIfNull(constructor);
        AddConstructor(constructor, described: null);
        return this;
    }

    /// <summary>Adds an indexer, or an overload of one.</summary>
    /// <param name="get">Reads an element.</param>
    /// <param name="set">Writes an element; null when scripts can only read. It is not used for a .NET struct, as for properties.</param>
    public LyraTypeBuilder<T> Indexer<TIndex, TValue>(Func<T, TIndex, TValue> get, Action<T, TIndex, TValue>? set = null)
    {
        ArgumentNullException.ThrowIfNull(get);
        AddIndexer(get, set);
        return this;
    }

    /// <summary>Adds an event: scripts call <c>x.name.add(f)</c> and <c>x.name.remove(f)</c>.</summary>
    /// <typeparam name="TDelegate">The type of the event's handlers.</typeparam>
    /// <param name="name">The name in scripts.</param>
    /// <param name="add">Adds a handler.</param>
    /// <param name="remove">Removes a handler.</param>
    /// <exception cref="ArgumentException">A proc can't be converted to the type of the handlers.</exception>
    public LyraTypeBuilder<T> Event<TDelegate>(string name, Action<T, TDelegate> add, Action<T, TDelegate> remove)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(remove);
        MemberName.Check(name);
        HostEvent<T, TDelegate> members = new(TypeName, name, add, remove);
        _properties.Add(new HostMember(name) { Getter = members.Getter });
        return this;
    }

    /// <summary>
    /// Adds an operator, or an overload of one: <c>+ - * / % &amp; | ^ &lt;&lt; &gt;&gt;</c>, <c>neg</c> for the unary minus, <c>==</c>,
    /// <c>&lt;</c> or <c>&lt;=</c>. It must not have side effects: an engine may evaluate it twice.
    /// </summary>
    /// <param name="symbol">The operator.</param>
    /// <param name="implementation">A delegate with the operands as parameters, one of them a <typeparamref name="T"/>.</param>
    /// <exception cref="ArgumentException">There is no such operator, or the delegate has another number of parameters.</exception>
    public LyraTypeBuilder<T> Operator(string symbol, Delegate implementation)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        HostOperators.Check(symbol, implementation);
        AddTo(_operators, symbol, DelegateAdapter.CreateMember($"operator {symbol}", owner: null, implementation));
        return this;
    }

    /// <summary>Sets the text that scripts print for an object, instead of the type's name.</summary>
    public LyraTypeBuilder<T> Text(Func<T, string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = DelegateAdapter.CreateMember("tostring", TypeName, text);
        return this;
    }

    /// <summary>Adds a method of the type itself, or an overload of one: scripts call <c>Type.name(…)</c>.</summary>
    /// <param name="name">The name in scripts.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">A parameter has a type that no script value converts to.</exception>
    public LyraTypeBuilder<T> StaticMethod(string name, Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        AddMethod(name, method, described: null, isStatic: true);
        return this;
    }

    /// <summary>Adds a property of the type itself, <c>Type.name</c>, that scripts can read.</summary>
    public LyraTypeBuilder<T> StaticProperty<TValue>(string name, Func<TValue> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        AddProperty(name, get, set: null, isStatic: true);
        return this;
    }

    /// <param name="name">The name in scripts.</param>
    /// <param name="get">Reads it; null when scripts can't.</param>
    /// <param name="set">Writes it; null when scripts can't.</param>
    /// <param name="isStatic">Whether it belongs to the type itself.</param>
    /// <param name="field">The field that the delegates do nothing but access; null for any other property.</param>
    internal void AddProperty(string name, Delegate? get, Delegate? set, bool isStatic, FieldInfo? field = null)
    {
        MemberName.Check(name);
        HostMember property = new(name)
        {
            Getter = get is null ? null : Accessor(name, get, field).Proc,
            Setter = set is null || typeof(T).IsValueType ? null : Accessor(name, set, field).Proc,
        };
        (isStatic ? _staticProperties : _properties).Add(property);
    }

    /// <param name="name">The name in scripts.</param>
    /// <param name="method">The method.</param>
    /// <param name="described">The method with the names and default values of the parameters; null where the delegate has them.</param>
    /// <param name="isStatic">Whether it belongs to the type itself.</param>
    internal void AddMethod(string name, Delegate method, MethodBase? described, bool isStatic)
    {
        MemberName.Check(name);
        AddTo(isStatic ? _statics : _methods, name, DelegateAdapter.CreateMember(name, TypeName, method, described: described));
    }

    internal void AddConstructor(Delegate constructor, MethodBase? described) =>
        _constructors.Add(DelegateAdapter.CreateMember(TypeName, owner: null, constructor, described: described));

    internal void AddIndexer(Delegate? get, Delegate? set)
    {
        if (get is not null)
        {
            _indexGetters.Add(IndexAccessor(get));
        }

        if (set is not null && !typeof(T).IsValueType)
        {
            _indexSetters.Add(IndexAccessor(set));
        }
    }

    /// <summary>Makes the type.</summary>
    /// <exception cref="ArgumentException">Two members have the same name.</exception>
    internal HostType Build()
    {
        HostType type = new(TypeName, typeof(T), typeof(HostObject<T>), static target => new HostObject<T>((T)target))
        {
            Constructor = OverloadSet.Join(TypeName, owner: null, 0, _constructors),
            IndexGetter = OverloadSet.Join(DelegateAdapter.Indexer, TypeName, 1, _indexGetters),
            IndexSetter = OverloadSet.Join(DelegateAdapter.Indexer, TypeName, 1, _indexSetters),
            Text = _text?.Proc,
        };
        _properties.ForEach(member => type.Add(member, isStatic: false));
        _staticProperties.ForEach(member => type.Add(member, isStatic: true));
        foreach ((string name, List<Intrinsic> rows) in _methods)
        {
            type.Add(new HostMember(name) { Method = OverloadSet.Join(name, TypeName, 1, rows) }, isStatic: false);
        }

        foreach ((string name, List<Intrinsic> rows) in _statics)
        {
            type.Add(new HostMember(name) { Method = OverloadSet.Join(name, TypeName, 0, rows) }, isStatic: true);
        }

        foreach ((string symbol, List<Intrinsic> rows) in _operators)
        {
            type.AddOperator(symbol, OverloadSet.Join($"operator {symbol}", owner: null, 0, rows)!);
        }

        return type;
    }

    private static void AddTo(Dictionary<string, List<Intrinsic>> rows, string name, Intrinsic row)
    {
        if (!rows.TryGetValue(name, out List<Intrinsic>? overloads))
        {
            rows.Add(name, overloads = []);
        }

        overloads.Add(row);
    }

    private Intrinsic IndexAccessor(Delegate accessor) =>
        DelegateAdapter.CreateMember(DelegateAdapter.Indexer, TypeName, accessor, isProperty: true, names: IndexerNames);

    private Intrinsic Accessor(string name, Delegate accessor, FieldInfo? field)
    {
        Intrinsic made = DelegateAdapter.CreateMember(name, TypeName, accessor, isProperty: true, names: PropertyNames);
        DelegateAdapter.Of(made)!.Field = field;
        return made;
    }

    private static void RequireReceiver(string name, Delegate method)
    {
        ParameterInfo[] parameters = method.GetType().GetMethod("Invoke")!.GetParameters();
        if (parameters.Length == 0 || !parameters[0].ParameterType.IsAssignableFrom(typeof(T)))
        {
            throw new ArgumentException(
                $"The first parameter of the method '{name}' must be the object, a {typeof(T).Name}.", nameof(method));
        }
    }
}
