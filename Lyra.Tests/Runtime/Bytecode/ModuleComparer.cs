using System.Numerics;
using System.Reflection;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;

namespace Lyra.Tests.Runtime.Bytecode;

/// <summary>Compares modules field by field. It uses reflection, so that new parts of the model are compared automatically.</summary>
internal static class ModuleComparer
{
    public static void ShouldEqual(CompiledModule actual, CompiledModule expected) => Compare(actual, expected, "module");

    private static void Compare(object? actual, object? expected, string path)
    {
        if (expected is null || actual is null)
        {
            actual.ShouldBe(expected, path);
            return;
        }

        actual.GetType().ShouldBe(expected.GetType(), path);
        switch (expected)
        {
            case string or BigInteger or System.Enum:
            case System.ValueType when expected.GetType().IsPrimitive:
                actual.ShouldBe(expected, path);
                break;
            case Instruction instruction:
                ((Instruction)actual).Raw.ShouldBe(instruction.Raw, path);
                break;
            case Value value:
                CompareValues((Value)actual, value, path);
                break;
            case System.Array array:
                System.Array other = (System.Array)actual;
                other.Length.ShouldBe(array.Length, path);
                for (int i = 0; i < array.Length; i++)
                {
                    Compare(other.GetValue(i), array.GetValue(i), $"{path}[{i}]");
                }

                break;
            default:
                foreach (System.Reflection.FieldInfo field in Fields(expected.GetType()))
                {
                    Compare(field.GetValue(actual), field.GetValue(expected), $"{path}.{field.Name}");
                }

                break;
        }
    }

    private static System.Reflection.FieldInfo[] Fields(System.Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static void CompareValues(in Value actual, in Value expected, string path)
    {
        actual.Bits.ShouldBe(expected.Bits, path);
        switch (expected.Ref)
        {
            case ScriptString text:
                actual.Ref.ShouldBeOfType<ScriptString>(path).Text.ShouldBe(text.Text, path);
                break;
            case BigInt big:
                actual.Ref.ShouldBeOfType<BigInt>(path).Value.ShouldBe(big.Value, path);
                break;
            case TupleObject tuple:
                Compare(actual.Ref.ShouldBeAssignableTo<TupleObject>(path)!.Items.ToArray(), tuple.Items.ToArray(), path);
                break;
            default:
                actual.Ref.ShouldBeSameAs(expected.Ref, path);
                break;
        }
    }
}
