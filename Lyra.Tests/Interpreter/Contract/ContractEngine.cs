using System;

namespace Lyra.Tests.Interpreter.Contract;

/// <summary>What the tests of the contract share: an engine in which <see cref="Order"/> is defined and <c>order</c> is one.</summary>
public abstract class ContractEngine : IDisposable
{
    protected ContractEngine()
    {
        Engine.DefineType<Order>();
        Engine.Globals["order"] = LyraValue.FromObject(Order);
    }

    protected LyraEngine Engine { get; } = new();

    protected Order Order { get; } = new("A-1") { Total = 10 };

    public void Dispose()
    {
        Engine.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The literal form of a script's value.</summary>
    protected string Run(string source) => Engine.Run(source).ToString();

    /// <summary>The kind and message of the error of a script.</summary>
    protected string ErrorOf(string source)
    {
        try
        {
            return "no error, but " + Engine.Run(source);
        }
        catch (LyraException error)
        {
            return $"{error.Kind}: {error.Message}";
        }
    }
}
