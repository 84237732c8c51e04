using System;
using System.Globalization;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Operators;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// The host type <c>decimal</c>, which every engine has: decimals stay exact in scripts. In arithmetic and comparisons, the other operand
/// may be an int, or a float, which becomes the decimal with the float's 15 significant digits.
/// </summary>
internal static class HostDecimal
{
    private const string Name = "decimal";

    /// <summary>The type.</summary>
    public static readonly HostType Type = MakeType();

    /// <summary>A decimal as a script value.</summary>
    public static Value Of(ScriptContext context, decimal value)
    {
        context.ChargeMemory(HostObject.Bytes);
        return Make(value);
    }

    /// <summary>The same where the memory is charged, or never counted.</summary>
    public static Value Make(decimal value) => HostObject.WithType(new HostObject<decimal>(value), Type);

    /// <summary>A decimal as a constant of code, which all engines share.</summary>
    public static Value Constant(decimal value)
    {
        Value made = Make(value);
        ((OwnedObject)made.Ref!).Share();
        return made;
    }

    /// <summary>The decimal for a float as an operand of a decimal; null for one that has none.</summary>
    public static decimal? Of(double value)
    {
        try
        {
            return (decimal)value;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>A power with an int as exponent, by repeated squaring.</summary>
    private static decimal Power(decimal a, decimal b)
    {
        if (b != decimal.Truncate(b) || Math.Abs(b) > int.MaxValue)
        {
            throw new ArgumentException("A decimal can be raised only to the power of an int; use tofloat for others.");
        }

        decimal power = 1;
        decimal square = a;
        for (int left = Math.Abs((int)b); left > 0; left >>= 1)
        {
            power = (left & 1) != 0 ? power * square : power;
            square = left > 1 ? square * square : square;
        }

        return b >= 0 ? power : power == 0 ? throw DivisionByZero() : 1 / power;
    }

    private static ScriptErrorException DivisionByZero() => Throw.Error(ErrorKinds.DivisionByZero, "a decimal is divided by zero");

    private static HostType MakeType()
    {
        HostType type = new(Name, typeof(decimal), typeof(HostObject<decimal>), static target => new HostObject<decimal>((decimal)target))
        {
            IsOfLibrary = true,
            Text = Row("tostring", static (decimal self) => self.ToString(CultureInfo.InvariantCulture)),
        };
        Operator(type, OperatorInfo.Of(BinaryOperator.Add), static (decimal a, decimal b) => a + b);
        Operator(type, OperatorInfo.Of(BinaryOperator.Subtract), static (decimal a, decimal b) => a - b);
        Operator(type, OperatorInfo.Of(BinaryOperator.Multiply), static (decimal a, decimal b) => a * b);
        Operator(type, OperatorInfo.Of(BinaryOperator.Divide), static (decimal a, decimal b) => b == 0 ? throw DivisionByZero() : a / b);
        Operator(type, OperatorInfo.Of(BinaryOperator.Modulo), static (decimal a, decimal b) => b == 0 ? throw DivisionByZero() : a % b);
        Operator(type, OperatorInfo.Of(BinaryOperator.Power), Power);
        Operator(type, OperatorInfo.Of(UnaryOperator.Negate), static (decimal a) => -a);
        Operator(type, OperatorInfo.Of(BinaryOperator.Less), static (decimal a, decimal b) => a < b);
        Operator(type, OperatorInfo.Of(BinaryOperator.LessEqual), static (decimal a, decimal b) => a <= b);
        Operator(type, OperatorInfo.Of(BinaryOperator.Equal), static (decimal a, decimal b) => a == b);
        Method(type, "round", static (decimal self, int digits = 0) => decimal.Round(self, digits, MidpointRounding.ToEven));
        Method(type, "floor", static (decimal self) => decimal.Floor(self));
        Method(type, "abs", static (decimal self) => decimal.Abs(self));
        Method(type, "toFloat", static (decimal self) => (double)self);
        Method(type, "toInt", static (decimal self) => new System.Numerics.BigInteger(self));
        return type;
    }

    private static void Operator(HostType type, in OperatorInfo row, Delegate method) =>
        type.AddOperator(row.Symbol!, Row(row.Symbol!, method));

    private static void Method(HostType type, string name, Delegate method) =>
        type.Add(new HostMember(name) { Method = Row(name, method) }, isStatic: false);

    private static NativeProc Row(string name, Delegate method) => DelegateAdapter.CreateMember(name, Name, method).Proc;
}
