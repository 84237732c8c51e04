using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Execution;

/// <summary>
/// A slot type as seen from the module whose names it uses. Typed containers carry one, and slots are checked against one.
/// </summary>
internal sealed class BoundType
{
    /// <summary>The element type of every frozen list: it takes no value.</summary>
    public static readonly BoundType FrozenList = Frozen("list");

    /// <summary>The key type of every frozen map.</summary>
    public static readonly BoundType FrozenMap = Frozen("map");

    /// <summary>The element type of every frozen set.</summary>
    public static readonly BoundType FrozenSet = Frozen("set");

    /// <summary>Of a tuple type: the choice among its element types; null before its first use. Belongs to <c>TypeChoice</c>.</summary>
    public object? Choice;

    private readonly BoundType[] _arguments;

    /// <summary>This type as <see cref="Follow"/> gave it.</summary>
    private BoundType? _followed;

    public BoundType(SlotType type, ModuleInstance? module)
        : this(type, module, "an element")
    {
    }

    private BoundType(SlotType type, ModuleInstance? module, string part)
    {
        SlotName = type.SlotName.Length > 0 ? type.SlotName : part;
        Type = type;
        Module = module;
        _arguments = type.Arguments.Length == 0 ? [] : new BoundType[type.Arguments.Length];
        for (int i = 0; i < _arguments.Length; i++)
        {
            _arguments[i] = new BoundType(type.Arguments[i], module, type.Kind == SlotKind.Map && i == 0 ? "a key" : "an element");
        }
    }

    public SlotType Type { get; }

    /// <summary>The name of the slot in messages: <c>variable x</c>, <c>an element</c>, <c>a key</c>.</summary>
    public string SlotName { get; }

    public SlotKind Kind => Type.Kind;

    /// <summary>The module that struct names are looked up in; null for types that name none.</summary>
    public ModuleInstance? Module { get; }

    public int ArgumentCount => _arguments.Length;

    /// <summary>
    /// The type that the name of this one stands for, in the same slot. The variable that holds it never changes.
    /// </summary>
    public BoundType Follow(DeclaredType declared) => _followed ??= new BoundType(
        declared.Type.Type with { SlotName = SlotName, IsNullable = Type.IsNullable || declared.Type.Type.IsNullable },
        declared.Type.Module);

    private static BoundType Frozen(string container) => new(new SlotType(SlotKind.Frozen, false, []) { SlotName = container }, null);

    /// <summary>The element type at a position; null when it accepts everything.</summary>
    public BoundType? Argument(int index) =>
        index < _arguments.Length && _arguments[index].Kind != SlotKind.Any ? _arguments[index] : null;
}
