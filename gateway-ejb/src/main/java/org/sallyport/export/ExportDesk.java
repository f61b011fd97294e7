package org.sallyport.export;

import jakarta.annotation.Resource;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Brings sinks what is in the store, each time in a transaction of its own. Blocks. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ExportDesk implements Exporting.Round {
    @Resource(lookup = "jdbc/sallyport")
    private DataSource store;

    @SuppressWarnings("NullAway.Init") // filled by the container
    public ExportDesk() {}

    /** A failure is a runtime exception here, so that the container takes the position back. */
    @Override
    public boolean send(Sink sink) {
        try (Connection connection = store.getConnection()) {
            return new Courier(connection).send(sink);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long lag(Sink sink) {
        try (Connection connection = store.getConnection()) {
            return new Courier(connection).lag(sink);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
