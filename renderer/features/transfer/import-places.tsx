import { FileUp, FolderSearch } from 'lucide-react';
import { useEffect, useState } from 'react';
import { DropZone } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ImportPlace } from '../../../shared/model/import-preview';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Row, RowFacts, RowList, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { showFailure } from '../../stores/notices-store';
import styles from './transfer.module.css';

interface ImportPlacesProps {
  readonly isBusy: boolean;
  readonly openPlace: (place: ImportPlace) => void;
  readonly chooseFile: () => void;
  readonly openDropped: (file: File) => void;
}

/** Where to import from: what was found on this computer, or a file. */
export function ImportPlaces({ isBusy, openPlace, chooseFile, openDropped }: ImportPlacesProps) {
  const { t } = useTranslation();
  const [places, setPlaces] = useState<readonly ImportPlace[] | null>(null);
  useEffect(() => {
    nuvem.imports.places().then(setPlaces).catch(showFailure);
  }, []);
  return (
    <>
      <p className={styles.muted}>{t('import.explanation')}</p>
      {places === null ? (
        <Spinner />
      ) : (
        places.length > 0 && (
          <RowList label={t('import.found')}>
            {places.map((place) => (
              <Row
                key={`${place.kind} ${place.location}`}
                icon={<FolderSearch aria-hidden size={16} />}
                actions={
                  <Button
                    isDisabled={isBusy}
                    aria-label={t('import.previewOf', { source: t(`import.source.${place.kind}`) })}
                    onPress={() => openPlace(place)}
                  >
                    {t('import.preview')}
                  </Button>
                }
              >
                <RowTitle>{t(`import.source.${place.kind}`)}</RowTitle>
                <RowFacts isMono>{place.location}</RowFacts>
              </Row>
            ))}
          </RowList>
        )
      )}
      <DropZone
        className={styles.drop ?? ''}
        aria-label={t('import.drop')}
        onDrop={({ items }) => {
          const file = items.find((item) => item.kind === 'file');
          if (file) file.getFile().then(openDropped).catch(showFailure);
        }}
      >
        <p>{t('import.drop')}</p>
        <Button icon={<FileUp aria-hidden />} isDisabled={isBusy} onPress={chooseFile}>
          {t('import.chooseFile')}
        </Button>
        <p className={styles.muted}>{t('import.files')}</p>
      </DropZone>
      {isBusy && <Spinner />}
    </>
  );
}
